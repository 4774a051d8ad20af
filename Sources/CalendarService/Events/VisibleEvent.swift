package import CalendarCore

/// An event as one member may see it.
///
/// Code that shows events uses this type, so that nothing is shown unredacted.
package struct VisibleEvent: Sendable, Hashable {
  /// With title, description, location and link removed when `isRedacted`.
  package let event: CalendarEvent
  package let isRedacted: Bool
  /// Whether the caller made it or owns the account it is in.
  package let isOwn: Bool
  /// The actions that the caller is allowed to take.
  package let permissions: EventPermissions
  /// The series of an exception while a person has to choose between two versions of it.
  ///
  /// The exception may be all that people see of the series, and its own changes wait for the choice.
  package let undecidedSeries: CalendarEvent?

  /// Applies the channel's visibility (METADATA hides content; its owner sees everything).
  ///
  /// An event without a channel belongs only to its creator.
  init(
    _ event: CalendarEvent,
    caller: Caller,
    account: ConnectedAccount?,
    channel: CalendarChannel?,
    permissions: EventPermissions,
    undecidedSeries: CalendarEvent? = nil
  ) {
    self.permissions = permissions
    isOwn = account?.ownerID == caller.memberID || event.crmCreatorID == caller.memberID
    isRedacted = !isOwn && channel?.visibility != .shareEverything
    guard isRedacted else {
      self.event = event
      self.undecidedSeries = undecidedSeries
      return
    }
    self.undecidedSeries = nil
    var hidden = event
    hidden.title = ""
    hidden.details = nil
    hidden.location = nil
    hidden.conference.link = nil
    hidden.push.error = nil
    hidden.push.providerURL = nil
    hidden.agreed = nil
    hidden.conflict = nil
    self.event = hidden
  }
}

/// A recurring event as one member may see it.
struct VisibleSeries: Sendable {
  let master: VisibleEvent
  /// Occurrences that differ.
  let exceptions: [VisibleEvent]
  /// Occurrences that do not take place.
  let cancelled: [OriginalStart]
}

/// One event as a caller sees it, with the page that has everything that showing it needs.
package struct ShownEvent: Sendable {
  package let visible: VisibleEvent
  package let page: EventPage

  package var event: CalendarEvent { visible.event }
}

/// The facts beside the database that decide what a caller may do with an event.
struct EventReadContext: Sendable {
  let calendars: CalendarProviderRegistry
  let clock: WallClock

  /// An event, or one occurrence; nil where it does not exist or is hidden from everyone.
  ///
  /// `known` is an event that the same transaction has read.
  func find(
    _ reference: EventReference,
    knowing known: CalendarEvent? = nil,
    for caller: Caller,
    in reader: any WorkspaceReader
  ) throws -> ShownEvent? {
    guard let event = try EventQueries.event(reference, knowing: known, from: reader) else { return nil }
    return try EventPage.load([event], caller: caller, as: self, from: reader).shown.first
  }

  /// Returns the event as the answer to a change shows it; throws `EventDeleted` where it is gone.
  func answer(
    about reference: EventReference,
    to caller: Caller,
    from reader: any WorkspaceReader
  ) throws -> ShownEvent {
    guard let shown = try find(reference, for: caller, in: reader) else { throw EventDeleted() }
    return shown
  }
}

/// The changed event was deleted before the answer could show it.
package struct EventDeleted: UseCaseError, Hashable {
  package var code: ErrorCode { .notFound }
  package var field: String? { "eventId" }
  package var message: String { Messages.Events.deletedSince }
}

/// Events for one caller, with everything that showing them needs, read with a fixed number of queries.
package struct EventPage: Sendable {
  package var events: [VisibleEvent] = []
  package var peopleByAddress: [EmailAddress: Person] = [:]
  package var membersByAddress: [EmailAddress: WorkspaceMember] = [:]
  package var people: [Person.ID: Person] = [:]
  package var companies: [Company.ID: Company] = [:]
  package var opportunities: [Opportunity.ID: Opportunity] = [:]

  /// Each of the events, with this page.
  package var shown: [ShownEvent] { events.map { ShownEvent(visible: $0, page: self) } }

  /// Omits events that are hidden from everyone.
  static func load(
    _ events: [CalendarEvent],
    caller: Caller,
    as surroundings: EventReadContext,
    from reader: any WorkspaceReader
  ) throws -> Self {
    let events = events.filter { !$0.isHidden }
    var page = Self()
    guard !events.isEmpty else { return page }
    let rules = EventPermissionRules(
      caller: caller,
      flags: try reader.members.flags(),
      calendars: surroundings.calendars,
      now: surroundings.clock.now
    )
    let accountIDs = Set(events.compactMap(\.accountID))
    let accounts = try reader.accounts.find(ids: Array(accountIDs))
    let channels = try reader.accounts.channels(accountIDs: Array(accountIDs))
    let undecided = try undecidedSeries(of: events, from: reader)
    page.events = events.map { event in
      let account = accounts.first { $0.id == event.accountID }
      let channel = channels.first { $0.id == event.channelID }
      return VisibleEvent(
        event,
        caller: caller,
        account: account,
        channel: channel,
        permissions: rules.permissions(of: event, account: account, channel: channel),
        undecidedSeries: event.push.status == .failed ? nil : event.seriesID.flatMap { undecided[$0] }
      )
    }
    let addresses = Array(Set(events.flatMap { $0.participants.map(\.handle) }))
    page.peopleByAddress = try reader.records.people(emails: addresses)
    for member in try reader.members.list(emails: addresses) { page.membersByAddress[member.email] = member }
    for person in try reader.records.people(ids: Array(Set(events.flatMap(\.links.personIDs)))) {
      page.people[person.id] = person
    }
    for opportunity in try reader.records.opportunities(
      ids: Array(Set(events.compactMap(\.links.opportunityID)))
    ) {
      page.opportunities[opportunity.id] = opportunity
    }
    for company in try reader.records.companies(ids: Array(Set(events.compactMap(\.links.companyID)))) {
      page.companies[company.id] = company
    }
    return page
  }

  /// The series in conflict of those events that are exceptions.
  private static func undecidedSeries(
    of events: [CalendarEvent],
    from reader: any WorkspaceReader
  ) throws -> [CalendarEvent.ID: CalendarEvent] {
    let ids = Set(events.compactMap(\.seriesID))
    guard !ids.isEmpty else { return [:] }
    let undecided = try reader.events.find(ids: Array(ids)).filter { $0.push.status == .conflict }
    return Dictionary(undecided.map { ($0.id, $0) }) { first, _ in first }
  }
}
