import Foundation

/// What Google mails to guests when a write asks for it: once a guest and change.
struct GuestMail {
  let account: EmulatorAccount
  let emulator: GoogleEmulator

  /// Tells guests of a new event, or of what changed since `old`.
  func announce(_ event: StoredEvent, over old: StoredEvent? = nil, to audience: SendUpdates) {
    let present = guests(of: event)
    let before = Set(old.map(guests) ?? [])
    let hasChanged = old.map { old in
      ["summary", "start", "end", "location", "description", "recurrence"].contains { key in
        old.fields[key] != event.fields[key]
      }
    }
    for guest in chosen(present, audience) {
      if !before.contains(guest) {
        send(.invitation, event, to: guest)
      } else if hasChanged == true {
        send(.update, event, to: guest)
      }
    }
    if let old {
      for guest in chosen(guests(of: old), audience) where !present.contains(guest) {
        send(.cancellation, event, to: guest)
      }
    }
  }

  func cancel(_ event: StoredEvent, to audience: SendUpdates) {
    for guest in chosen(guests(of: event), audience) { send(.cancellation, event, to: guest) }
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
      organizer: account,
      guest: guest,
      zone: calendarZone,
      now: emulator.clock(),
      boundary: emulator.identifiers()
    )
    sink.deliver(from: account.email, to: [guest], raw: message.text)
  }

  private var calendarZone: TimeZone { EventTime.zone(named: account.timeZone) ?? .gmt }
}
