/// The conference drivers of this program, in the order they were registered, which is the order people see.
package struct ConferenceProviderRegistry: Sendable {
  package private(set) var providers: [any ConferenceProvider] = []

  package init(_ providers: [any ConferenceProvider] = []) {
    for provider in providers { register(provider) }
  }

  /// Adds a driver; a second one for the same id is a mistake in the list of drivers.
  package mutating func register(_ provider: any ConferenceProvider) {
    precondition(
      provider.providerID != .none && self[provider.providerID] == nil,
      "two drivers for \(provider.providerID.rawValue)"
    )
    providers.append(provider)
  }

  package subscript(id: ConferenceProviderID) -> (any ConferenceProvider)? {
    providers.first { $0.providerID == id }
  }
}
