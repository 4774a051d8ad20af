/// The kinds of account that members of this program's workspaces can have: every calendar's, and those of video
/// services that have accounts of their own.
package struct AccountProviderRegistry: Sendable {
  package let providers: [any AccountProvider]

  package init(_ calendars: CalendarProviderRegistry, _ conferences: ConferenceProviderRegistry) {
    providers = calendars.providers + conferences.providers.compactMap { $0 as? any AccountProvider }
  }

  package subscript(id: AccountProviderID) -> (any AccountProvider)? {
    providers.first { $0.accountProviderID == id }
  }
}
