import Foundation
import JSONModel

/// What Exchange mails about meetings: always, for there is no way to ask it not to.
struct MeetingMail {
  /// The mailbox after the write.
  let mailbox: Mailbox
  let emulator: MicrosoftEmulator

  /// What a guest sees of an event; a change of anything else is not mailed.
  private static let visible = [
    "body", "end", "isAllDay", "isOnlineMeeting", "location", "recurrence", "start", "subject",
  ]

  /// Tells guests of a new event, or of what changed since `old`: of a change of the list alone only whom it
  /// concerns.
  func announce(_ meeting: StoredMeeting, over old: StoredMeeting? = nil) {
    // Who only attends does not write to the others.
    guard meeting.organizer == nil else { return }
    let present = guests(of: meeting)
    let before = old.map(guests) ?? []
    let hasChanged = Self.visible.contains { old?.fields[$0] != meeting.fields[$0] }
    for guest in present where hasChanged || !before.contains(guest) { send(.request, meeting, to: guest) }
    for guest in before where !present.contains(guest) { send(.cancellation, meeting, to: guest) }
  }

  /// Tells guests that an event is off: of a series once; guests of an exception only, of that.
  func cancel(_ meeting: StoredMeeting, comment: String?) {
    guard meeting.organizer == nil else { return }
    let told = guests(of: meeting)
    for guest in told { send(.cancellation, meeting, to: guest, comment: comment) }
    guard meeting.isSeries, let series = RecurringMeeting(meeting, in: mailbox) else { return }
    let exceptions = mailbox.exceptions(of: meeting.key).values.filter { !$0.isDeleted }
    for exception in exceptions.compactMap({ $0.day.flatMap(series.occurrence) }) {
      for guest in guests(of: exception) where !told.contains(guest) {
        send(.cancellation, exception, to: guest, comment: comment)
      }
    }
  }

  func reply(_ meeting: StoredMeeting, _ answer: MailboxCall.Answer, to organizer: String, comment: String?) {
    send(.reply(answer), meeting, to: organizer.lowercased(), comment: comment)
  }

  private func guests(of meeting: StoredMeeting) -> [String] {
    EventAttendees.addresses(of: meeting).filter { $0 != mailbox.account.email }
  }

  private func send(
    _ kind: MeetingMessage.Kind,
    _ meeting: StoredMeeting,
    to guest: String,
    comment: String? = nil
  ) {
    guard let sink = emulator.mailSink else { return }
    let message = MeetingMessage(
      kind: kind,
      meeting: meeting,
      cancelledDays: cancelledDays(of: meeting),
      sender: mailbox.account,
      recipient: guest,
      comment: comment,
      now: emulator.clock(),
      boundary: emulator.identifiers()
    )
    sink.deliver(from: mailbox.account.email, to: [guest], raw: message.text)
  }

  /// The occurrences of a series that are off: told with the series, or a guest would see them again.
  private func cancelledDays(of meeting: StoredMeeting) -> [String] {
    guard meeting.isSeries else { return [] }
    return mailbox.exceptions(of: meeting.key).values.filter(\.isDeleted).compactMap(\.day).sorted()
  }
}
