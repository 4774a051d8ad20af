package import Foundation
import JobQueue

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

extension JobRateLimits {
  init(_ limits: RequestLimits) {
    self.init(
      perResource: limits.perAccount.map { Rate($0.runs, perSeconds: $0.seconds) },
      perClass: limits.perProvider.map { Rate($0.runs, perSeconds: $0.seconds) }
    )
  }
}
