import Foundation
import JSONModel

/// The calendar part of a person's mailbox.
struct Mailbox: Sendable {
  let account: EmulatorAccount
  private(set) var meetings: [String: StoredMeeting] = [:]
  /// The keys of the events whose online meeting is still being created.
  private(set) var awaiting: Set<String> = []
  /// The keys of the exceptions of each series.
  private var exceptionKeys: [String: Set<String>] = [:]
  private var transactions: [String: String] = [:]
  /// The number of the last change; every write takes the next.
  private(set) var lastChange = 0
  /// The states that synchronizing clients have seen.
  var rounds = DeltaRounds()

  init(account: EmulatorAccount) {
    self.account = account
  }

  var zone: OutlookZone { OutlookZone(account.timeZone) ?? .utc }

  mutating func restore(_ meeting: StoredMeeting) {
    keep(meeting)
    lastChange = max(lastChange, meeting.change)
  }

  /// Stores a new version and returns it with its number.
  mutating func store(_ meeting: StoredMeeting, at now: Date) -> StoredMeeting {
    var meeting = meeting
    lastChange += 1
    meeting.change = lastChange
    meeting.updated = now
    keep(meeting)
    return meeting
  }

  private mutating func keep(_ meeting: StoredMeeting) {
    meetings[meeting.key] = meeting
    if let series = meeting.seriesKey { exceptionKeys[series, default: []].insert(meeting.key) }
    if let id = meeting.fields["transactionId"]?.string { transactions[id] = meeting.key }
    let isAwaited = meeting.onlineMeeting?.isAwaited == true && !meeting.isDeleted
    if isAwaited { awaiting.insert(meeting.key) } else { awaiting.remove(meeting.key) }
  }

  /// The living event that was created with a transaction id.
  func meeting(ofTransaction id: String) -> StoredMeeting? {
    transactions[id].flatMap { meetings[$0] }.flatMap { $0.isDeleted ? nil : $0 }
  }

  /// The exceptions of a series that still count, by day, as stored.
  func exceptions(of series: String) -> [String: StoredMeeting] {
    var found: [String: StoredMeeting] = [:]
    for key in exceptionKeys[series] ?? [] {
      if let meeting = meetings[key], meeting.isGone != true, let day = meeting.day { found[day] = meeting }
    }
    return found
  }

  /// The event or occurrence with an id; deleted ones are not found.
  func meeting(_ text: String) throws(MicrosoftError) -> StoredMeeting {
    guard let id = EventID(text) else { throw .malformedID }
    guard let kept = meetings[id.key], !kept.isDeleted, kept.seriesKey == nil,
      id.generation == nil || id.generation == kept.generation
    else { throw .notFound }
    guard let day = id.day else { return kept }
    guard let meeting = RecurringMeeting(kept, in: self)?.occurrence(on: day), !meeting.isDeleted else {
      throw .notFound
    }
    return meeting
  }
}
