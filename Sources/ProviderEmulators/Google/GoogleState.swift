import Foundation

/// Everything the Google emulator knows, kept under one lock.
struct GoogleState: Sendable {
  var calendars: [String: GoogleCalendar] = [:]
  var grants = GoogleGrants()
  var conference = ConferenceBehaviour()
  /// By `WatchChannel.key`; those that have ended keep their ids taken.
  var channels: [String: WatchChannel] = [:]

  /// A line of the journal.
  enum Record: Codable, Sendable {
    case event(calendar: String, StoredEvent)
    case grant(GoogleGrants.Grant)
    case syncEpoch(calendar: String, Int)
    case channel(WatchChannel)
  }

  mutating func restore(_ record: Record) {
    switch record {
    case .event(let calendar, let event): calendars[calendar]?.restore(event)
    case .grant(let grant): grants.restore(grant)
    case .syncEpoch(let calendar, let epoch): calendars[calendar]?.syncEpoch = epoch
    case .channel(let channel): channels[channel.key] = channel
    }
  }

  var records: [Record] {
    grants.grants.values.map { .grant($0) } + channels.values.map { .channel($0) }
      + calendars.flatMap { address, calendar in
        [.syncEpoch(calendar: address, calendar.syncEpoch)]
          + calendar.events.values.sorted { $0.change < $1.change }.map { .event(calendar: address, $0) }
      }
  }
}

/// The behavior of Meet, which a test sets through `/_emulator/conference`.
struct ConferenceBehaviour: Sendable {
  /// Seconds between a request for a conference and its outcome.
  var delay: TimeInterval = 0
  var succeeds = true
}

/// A person's primary calendar.
struct GoogleCalendar: Sendable {
  let account: EmulatorAccount
  private(set) var events: [String: StoredEvent] = [:]
  /// The ids of the events whose conference is still being created.
  private(set) var awaiting: Set<String> = []
  /// The ids of the exceptions of each series.
  private var exceptionIDs: [String: Set<String>] = [:]
  /// The number of the last change; every write takes the next.
  private(set) var lastChange = 0
  /// The epoch of valid synchronization tokens; older ones require a full synchronization.
  var syncEpoch = 0

  init(account: EmulatorAccount) {
    self.account = account
  }

  mutating func restore(_ event: StoredEvent) {
    keep(event)
    lastChange = max(lastChange, event.change)
  }

  /// Stores a new version of an event and returns it with its number.
  mutating func store(_ event: StoredEvent, at now: Date) -> StoredEvent {
    var event = event
    lastChange += 1
    event.change = lastChange
    event.updated = now
    keep(event)
    return event
  }

  private mutating func keep(_ event: StoredEvent) {
    events[event.id] = event
    if let series = event.recurringEventID { exceptionIDs[series, default: []].insert(event.id) }
    if event.awaited == nil { awaiting.remove(event.id) } else { awaiting.insert(event.id) }
  }

  /// The exceptions of a series that still count, by id, as stored.
  func exceptions(of series: String) -> [String: StoredEvent] {
    var found: [String: StoredEvent] = [:]
    for id in exceptionIDs[series] ?? [] {
      if let event = events[id], event.isGone != true { found[id] = event }
    }
    return found
  }

  var zone: TimeZone { EventTime.zone(named: account.timeZone) ?? .gmt }
}
