package import Foundation

/// How much a provider takes, counted in runs of jobs, each of which is one to three of its requests.
///
/// All servers and workers share what there is.
package struct RequestLimits: Sendable, Hashable {
  /// So many, evenly over a time; as many may come at once after a rest.
  package struct Rate: Sendable, Hashable {
    package var runs: Int
    package var seconds: TimeInterval

    package init(_ runs: Int, perSeconds seconds: TimeInterval) {
      self.runs = runs
      self.seconds = seconds
    }
  }

  package var perAccount: Rate?
  /// For all accounts together.
  package var perProvider: Rate?

  package init(perAccount: Rate? = nil, perProvider: Rate? = nil) {
    self.perAccount = perAccount
    self.perProvider = perProvider
  }

  package static let none = RequestLimits()
}
