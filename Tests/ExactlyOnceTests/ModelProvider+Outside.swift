import CalendarCore
import Foundation
import ICalendar
import Synchronization

/// A meeting as it takes place, on either side.
struct TakingPlace: Hashable, CustomStringConvertible {
  /// Of the event, or its series.
  let eventID: CalendarEvent.ID
  let start: Date
  let end: Date
  let title: String
  let location: String
  let details: String
  let guests: Set<String>

  init(_ eventID: CalendarEvent.ID, _ content: EventContent, _ timing: EventTiming) {
    self.eventID = eventID
    start = timing.startInstant(in: .utc)
    end = timing.endInstant(in: .utc)
    title = content.title
    location = content.location ?? ""
    details = content.details ?? ""
    guests = Set(content.attendees.map(\.handle.rawValue))
  }

  var description: String {
    "\(eventID.description.prefix(4)) \(start) \(title)|\(location)|\(details)|\(guests.sorted())"
  }
}

/// People's changes in their own calendars, and the events that they see there.
extension ModelProvider {
  var titles: [CalendarEvent.ID: String] {
    state.withLock { state in
      Dictionary(
        uniqueKeysWithValues: state.events.compactMap { key, event in
          CalendarEvent.ID(key).map { ($0, event.content.title) }
        }
      )
    }
  }

  /// False when it is not there.
  func changeOutside(
    _ id: CalendarEvent.ID,
    at now: Date?,
    _ change: (inout EventContent) -> Void
  ) -> Bool {
    state.withLock { state in
      guard var event = state.events["\(id)"] else { return false }
      change(&event.content)
      _ = state.store(event, at: now)
      return true
    }
  }

  func deleteOutside(_ id: CalendarEvent.ID) -> Bool {
    state.withLock { state in
      guard state.events["\(id)"] != nil else { return false }
      state.remove("\(id)")
      return true
    }
  }

  /// Everything that takes place there.
  var takingPlace: [TakingPlace] {
    state.withLock { state in
      state.events.flatMap { key, event -> [TakingPlace] in
        guard let id = CalendarEvent.ID(key) else {
          let series = key.split(separator: "_").first.flatMap { CalendarEvent.ID(String($0)) }
          return series.map { [TakingPlace($0, event.content, event.content.timing)] } ?? []
        }
        guard !event.content.recurrence.isEmpty else {
          return [TakingPlace(id, event.content, event.content.timing)]
        }
        return EventSeries(event.content.timing, repeating: event.content.recurrence).compactMap { instance in
          let name = "\(key)_\(OriginalStart(instance.id))"
          guard state.events[name] == nil, !state.gone.contains(name) else { return nil }
          return TakingPlace(id, event.content, instance.timing)
        }
      }
    }
  }
}
