package import JobQueue

/// The calendar drivers of this program, in the order they were registered.
package struct CalendarProviderRegistry: Sendable {
  package private(set) var providers: [any CalendarProvider] = []

  package init(_ providers: [any CalendarProvider] = []) {
    for provider in providers { register(provider) }
  }

  /// Adds a driver; a second one for the same id is a mistake in the list of drivers.
  package mutating func register(_ provider: any CalendarProvider) {
    precondition(
      !providers.contains { $0.providerID == provider.providerID },
      "two drivers for \(provider.providerID.rawValue)"
    )
    providers.append(provider)
  }

  package func provider(for account: ConnectedAccount) -> (any CalendarProvider)? {
    self[account.provider]
  }

  /// The request limits of each provider, for the code that assigns jobs to runners.
  package var rateLimits: [String: JobRateLimits] {
    Dictionary(
      providers.map { ($0.providerID.rawValue, JobRateLimits($0.requestLimits)) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  package subscript(id: AccountProviderID) -> (any CalendarProvider)? {
    providers.first { $0.providerID == id }
  }
}
