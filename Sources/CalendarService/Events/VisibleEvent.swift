package import CalendarCore

/// An event as one member may see it.
///
/// Whoever shows events takes this type, so that nothing is shown unredacted.
package struct VisibleEvent: Sendable, Hashable {
  /// With title, description, location and link removed when `isRedacted`.
  package let event: CalendarEvent
  package let isRedacted: Bool
  /// Whether the caller made it or owns the account it is in.
  package let isOwn: Bool

  /// Applies the channel's visibility (METADATA hides content; its owner sees everything).
  ///
  /// An event without a channel belongs to whoever created it, and to nobody else.
  init(_ event: CalendarEvent, caller: Caller, account: ConnectedAccount?, channel: CalendarChannel?) {
    isOwn = account?.ownerID == caller.memberID || event.crmCreatorID == caller.memberID
    isRedacted = !isOwn && channel?.visibility != .shareEverything
    guard isRedacted else {
      self.event = event
      return
    }
    var hidden = event
    hidden.title = ""
    hidden.details = nil
    hidden.location = nil
    hidden.conference.link = nil
    hidden.push.error = nil
    hidden.push.providerURL = nil
    self.event = hidden
  }
}

/// Events for one caller, with everything that showing them needs, read with a fixed number of queries.
package struct EventPage: Sendable {
  package var events: [VisibleEvent] = []
  package var peopleByAddress: [EmailAddress: Person] = [:]
  package var membersByAddress: [EmailAddress: WorkspaceMember] = [:]
  package var people: [Person.ID: Person] = [:]
  package var companies: [Company.ID: Company] = [:]
  package var opportunities: [Opportunity.ID: Opportunity] = [:]

  static func load(
    _ events: [CalendarEvent],
    caller: Caller,
    from reader: any WorkspaceReader
  ) throws -> Self {
    var page = Self()
    let accountIDs = Set(events.compactMap(\.accountID))
    let accounts = try reader.accounts(ids: Array(accountIDs))
    let channels = try reader.channels(accountIDs: Array(accountIDs))
    page.events = events.map { event in
      VisibleEvent(
        event,
        caller: caller,
        account: accounts.first { $0.id == event.accountID },
        channel: channels.first { $0.id == event.channelID }
      )
    }
    let addresses = Set(events.flatMap { $0.participants.map(\.handle) })
    page.peopleByAddress = try reader.people(emails: Array(addresses))
    for member in try reader.members() { page.membersByAddress[member.email] = member }
    for person in try reader.people(ids: Array(Set(events.flatMap(\.links.personIDs)))) {
      page.people[person.id] = person
    }
    for opportunity in try reader.opportunities(ids: Array(Set(events.compactMap(\.links.opportunityID)))) {
      page.opportunities[opportunity.id] = opportunity
    }
    for company in try reader.companies(ids: Array(Set(events.compactMap(\.links.companyID)))) {
      page.companies[company.id] = company
    }
    return page
  }
}
