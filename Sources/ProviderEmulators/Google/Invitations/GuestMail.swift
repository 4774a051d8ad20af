import Foundation
import JSONModel

/// What Google mails to guests when a write asks for it: once a guest and change.
struct GuestMail {
  /// The calendar after the write.
  let calendar: GoogleCalendar
  let emulator: GoogleEmulator

  private var account: EmulatorAccount { calendar.account }

  /// What a guest sees of an event; a change of anything else is not mailed.
  private static let visible = [
    "conferenceData", "description", "end", "location", "recurrence", "start", "summary",
  ]

  /// Tells guests of a new event, or of what changed since `old`; `gone` are exceptions that went with the change.
  func announce(
    _ event: StoredEvent,
    over old: StoredEvent? = nil,
    without gone: [StoredEvent] = [],
    to audience: SendUpdates
  ) {
    // Who only attends does not write to the others.
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

  /// Tells guests that an event is off: of a series once; of its exceptions only those who are in no more than these.
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

  /// `externalOnly` spares those who see the event in a Google calendar of their own.
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

  /// The instances of a series that are cancelled: told with the series, or a guest would see them again.
  private func cancelled(in event: StoredEvent) -> [EventTime] {
    guard event.isSeries else { return [] }
    return calendar.exceptions(of: event.id).values.filter(\.isDeleted).compactMap(\.originalTime)
      .sorted { $0.instant(in: .gmt) < $1.instant(in: .gmt) }
  }
}
