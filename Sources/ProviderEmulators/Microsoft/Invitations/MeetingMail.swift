import Foundation
import JSONModel

/// The emails that Exchange sends about meetings, which no client can suppress.
struct MeetingMail {
  /// The mailbox after the write.
  let mailbox: Mailbox
  let emulator: MicrosoftEmulator

  /// The fields that guests see; a change of other fields sends no email.
  private static let visible = [
    "body", "end", "isAllDay", "isOnlineMeeting", "location", "recurrence", "start", "subject",
  ]

  /// Notifies guests of a new event, or of its changes since `old`; a change of the guest list alone notifies only the
  /// guests concerned.
  func announce(_ meeting: StoredMeeting, over old: StoredMeeting? = nil) {
    // An attendee's change does not notify the others.
    guard meeting.organizer == nil else { return }
    let present = guests(of: meeting)
    let before = old.map(guests) ?? []
    let hasChanged = Self.visible.contains { old?.fields[$0] != meeting.fields[$0] }
    for guest in present where hasChanged || !before.contains(guest) { send(.request, meeting, to: guest) }
    for guest in before where !present.contains(guest) { send(.cancellation, meeting, to: guest) }
  }

  /// Notifies guests that an event is canceled: once for a series; guests of an exception only, of that.
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

  /// The canceled occurrences of a series, which its invitation must list, or guests would see them again.
  private func cancelledDays(of meeting: StoredMeeting) -> [String] {
    guard meeting.isSeries else { return [] }
    return mailbox.exceptions(of: meeting.key).values.filter(\.isDeleted).compactMap(\.day).sorted()
  }
}
