import Foundation
import JSONModel

/// The emails that Google sends to guests when a write requests it: one for each guest and change.
struct GuestMail {
  /// The calendar after the write.
  let calendar: GoogleCalendar
  let emulator: GoogleEmulator

  private var account: EmulatorAccount { calendar.account }

  /// The fields that guests see; a change of other fields sends no email.
  private static let visible = [
    "conferenceData", "description", "end", "location", "recurrence", "start", "summary",
  ]

  /// Notifies guests of a new event, or of its changes since `old`; `gone` are exceptions that the change removed.
  func announce(
    _ event: StoredEvent,
    over old: StoredEvent? = nil,
    without gone: [StoredEvent] = [],
    to audience: SendUpdates
  ) {
    // An attendee's change does not notify the others.
    guard event.organizer == nil else { return }
    let present = guests(of: event)
    let before = old.map(guests) ?? []
    let hasChanged =
      Set(before) != Set(present)
      || Self.visible.contains { old?.fields[$0] != event.fields[$0] }
    for guest in chosen(present, audience) {
      if !before.contains(guest) {
        send(.invitation, event, to: guest)
      } else if hasChanged {
        send(.update, event, to: guest)
      }
    }
    for guest in chosen(before, audience) where !present.contains(guest) {
      send(.cancellation, event, to: guest)
    }
    cancelInstances(gone, exceptFor: Set(present + before), audience)
  }

  /// Notifies guests that an event is canceled: once for a series; of exceptions only guests who are not in the series.
  func cancel(_ event: StoredEvent, with exceptions: [StoredEvent] = [], to audience: SendUpdates) {
    guard event.organizer == nil else { return }
    let guests = guests(of: event)
    for guest in chosen(guests, audience) { send(.cancellation, event, to: guest) }
    cancelInstances(exceptions, exceptFor: Set(guests), audience)
  }

  private func cancelInstances(
    _ exceptions: [StoredEvent],
    exceptFor told: Set<String>,
    _ audience: SendUpdates
  ) {
    for exception in exceptions {
      for guest in chosen(guests(of: exception), audience) where !told.contains(guest) {
        send(.cancellation, exception, to: guest)
      }
    }
  }

  private func guests(of event: StoredEvent) -> [String] {
    EventGuests.addresses(event.attendees).filter { $0 != account.email }
  }

  /// The guests to notify; `externalOnly` excludes those who have the event in a Google calendar of their own.
  private func chosen(_ guests: [String], _ audience: SendUpdates) -> [String] {
    switch audience {
    case .all: guests
    case .none: []
    case .externalOnly: guests.filter { guest in !emulator.accounts.contains { $0.email == guest } }
    }
  }

  private func send(_ kind: InvitationMessage.Kind, _ event: StoredEvent, to guest: String) {
    guard let sink = emulator.mailSink else { return }
    let message = InvitationMessage(
      kind: kind,
      event: event,
      exclusions: cancelled(in: event),
      organizer: account,
      guest: guest,
      zone: calendar.zone,
      now: emulator.clock(),
      boundary: emulator.identifiers()
    )
    sink.deliver(from: account.email, to: [guest], raw: message.text)
  }

  /// The canceled instances of a series, which an invitation to it must list, or guests would see them again.
  private func cancelled(in event: StoredEvent) -> [EventTime] {
    guard event.isSeries else { return [] }
    return calendar.exceptions(of: event.id).values.filter(\.isDeleted).compactMap(\.originalTime)
      .sorted { $0.instant(in: .gmt) < $1.instant(in: .gmt) }
  }
}
