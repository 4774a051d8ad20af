import Foundation
import ICalendar
import JSONModel

/// Creating, changing and deleting events, series and occurrences.
extension MailboxCall {
  private static let limit = 50_000

  func create() throws(MicrosoftError) -> Outcome {
    let written = try EventProperties.checked(body, over: nil)
    if let id = written["transactionId"]?.string, let known = mailbox.meeting(ofTransaction: id) {
      return (try show(known, status: 201), nil)
    }
    guard mailbox.meetings.count < Self.limit else { throw .notEmulated("more than \(Self.limit) events") }
    var meeting = newMeeting()
    meeting.fields = try whole(.object(written.filter { $0.value != .null }), key: meeting.key)
    try settleOnlineMeeting(of: &meeting, over: nil, written: Set(written.keys))
    var changed = mailbox
    meeting = emulator.store(meeting, in: &changed)
    MeetingMail(mailbox: changed, emulator: emulator).announce(meeting)
    return (try show(meeting, in: changed, status: 201), changed)
  }

  func newMeeting() -> StoredMeeting {
    let now = emulator.clock()
    return StoredMeeting(
      key: emulator.identifiers(),
      iCalUID: StoredMeeting.globalID(emulator.identifiers()),
      fields: [:],
      created: now,
      updated: now
    )
  }

  func update(_ id: String) throws(MicrosoftError) -> Outcome {
    let old = try mailbox.meeting(id)
    try checkMatch(old)
    let written = try EventProperties.checked(body, over: old)
    try checkIsOwn(old, written)
    if old.seriesKey != nil, written["recurrence"] != nil, written["recurrence"] != .null {
      throw .invalidRequest("Your request can't be completed. An occurrence can't recur.")
    }
    var meeting = old
    for (name, value) in written { meeting.fields[name] = value == .null ? nil : value }
    if written["start"] != nil { meeting.customZone = nil }
    meeting.fields = try whole(meeting.fields, key: old.key)
    try checkNeighbours(of: meeting, over: old)
    try settleOnlineMeeting(of: &meeting, over: old, written: Set(written.keys))
    if Self.asksAgain.contains(where: { meeting.fields[$0] != old.fields[$0] }) { meeting.sequence += 1 }
    var changed = mailbox
    meeting = keep(meeting, over: old, written: Set(written.keys), in: &changed)
    MeetingMail(mailbox: changed, emulator: emulator).announce(meeting, over: old)
    return (try show(meeting, in: changed), changed)
  }

  private static let asksAgain = ["start", "end", "location", "recurrence"]

  func remove(_ id: String) throws(MicrosoftError) -> Outcome {
    let old = try mailbox.meeting(id)
    try checkMatch(old)
    return (EmulatorResponse(status: 204), cancel(old, comment: nil))
  }

  func cancel(_ id: String) throws(MicrosoftError) -> Outcome {
    let old = try mailbox.meeting(id)
    guard old.organizer == nil else {
      throw .invalidRequest(
        "Your request can't be completed. You need to be an organizer to cancel a meeting."
      )
    }
    return (EmulatorResponse(status: 202), cancel(old, comment: try comment()))
  }

  /// Moves the event to the deleted items; an organizer's guests are notified.
  private func cancel(_ old: StoredMeeting, comment: String?) -> Mailbox {
    var meeting = old
    meeting.sequence += 1
    meeting.isDeleted = true
    var changed = mailbox
    _ = keep(meeting, over: old, written: [], in: &changed)
    MeetingMail(mailbox: mailbox, emulator: emulator).cancel(meeting, comment: comment)
    return changed
  }

  /// The comment for the other participants; the parameter's name is case-insensitive.
  func comment() throws(MicrosoftError) -> String? {
    let value = (body.object ?? [:]).first { $0.key.lowercased() == "comment" }?.value
    guard let value, value != .null else { return nil }
    guard let text = value.string else { throw EventProperties.mistyped("comment", "Edm.String") }
    return text
  }

  /// Stores an event, or an occurrence as an exception; a series whose time or recurrence changes loses its exceptions.
  func keep(
    _ meeting: StoredMeeting,
    over old: StoredMeeting,
    written: Set<String>,
    in changed: inout Mailbox
  ) -> StoredMeeting {
    if let key = meeting.seriesKey, let day = meeting.day,
      let series = changed.meetings[key].flatMap({ RecurringMeeting($0, in: changed) })
    {
      let before = changed.exceptions(of: key)[day]
      _ = emulator.store(series.exception(meeting, written: written, over: before), in: &changed)
      let now = changed.meetings[key].flatMap { RecurringMeeting($0, in: changed) }
      return now?.occurrence(on: day) ?? meeting
    }
    let stored = emulator.store(meeting, in: &changed)
    let hasMoved = ["start", "end", "recurrence", "isAllDay"].contains {
      meeting.fields[$0] != old.fields[$0]
    }
    guard hasMoved else { return stored }
    for exception in mailbox.exceptions(of: meeting.key).values.sorted(by: { $0.key < $1.key }) {
      var gone = exception
      gone.isGone = true
      _ = emulator.store(gone, in: &changed)
    }
    return stored
  }

  /// The fields as a whole event; of a series it also checks that no occurrence overlaps the next.
  func whole(_ fields: JSON, key: String) throws(MicrosoftError) -> JSON {
    let fields = try EventProperties.whole(fields)
    var meeting = newMeeting()
    meeting.key = key
    meeting.fields = fields
    if let series = RecurringMeeting(meeting, exceptions: [:]), let pause = series.shortestPause,
      series.length > pause
    {
      throw .longerThanPattern
    }
    return fields
  }

  private func settleOnlineMeeting(
    of meeting: inout StoredMeeting,
    over old: StoredMeeting?,
    written: Set<String>
  ) throws(MicrosoftError) {
    let emulator = emulator
    let (account, behaviour) = (mailbox.account, behaviour)
    try OnlineMeeting.settle(&meeting, over: old, written: written, account: account) {
      OnlineMeeting(
        joinURL: OnlineMeeting.url(emulator.identifiers(), organizer: MailboxResource.userID(account)),
        readyAt: emulator.clock().addingTimeInterval(behaviour.delay),
        succeeds: behaviour.succeeds,
        form: behaviour.form
      )
    }
  }

  /// Checks `If-Match`: the write is for the version that the client saw, or unconditional.
  private func checkMatch(_ meeting: StoredMeeting) throws(MicrosoftError) {
    guard let match = request.headers["if-match"], match != "*" else { return }
    let tags = match.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    guard tags.contains(meeting.etag) else { throw .stale }
  }

  /// Limits attendees to how the event shows in their own calendars.
  private func checkIsOwn(_ old: StoredMeeting, _ written: [String: JSON]) throws(MicrosoftError) {
    let own: Set = ["categories", "isReminderOn", "reminderMinutesBeforeStart", "showAs"]
    guard old.organizer != nil, !Set(written.keys).isSubset(of: own) else { return }
    throw .notEmulated("changing another organizer's event")
  }

  /// Checks that an occurrence stays between its neighbors, and on a day of its own.
  private func checkNeighbours(of meeting: StoredMeeting, over old: StoredMeeting) throws(MicrosoftError) {
    guard let key = meeting.seriesKey, let day = meeting.day,
      let series = mailbox.meetings[key].flatMap({ RecurringMeeting($0, in: mailbox) }),
      meeting.fields["start"] != old.fields["start"] || meeting.fields["end"] != old.fields["end"],
      let start = meeting.start?.on(series.start.zone).date, let end = meeting.end?.on(series.start.zone).date
    else { return }
    let (before, after) = series.neighbours(of: day)
    if let before, start <= before { throw .crossesNeighbour }
    if let after, start >= after || end > after { throw .crossesNeighbour }
  }
}
