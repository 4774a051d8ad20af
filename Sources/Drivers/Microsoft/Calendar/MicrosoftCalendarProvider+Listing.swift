package import CalendarCore
package import Foundation
import ICalendar
import JSONModel
import ProviderKit

extension MicrosoftCalendarProvider: ChangeFeedProvider {
  /// Graph tells the changes of a window of time: a year back and four ahead, 1,825 days at most.
  private static let window = (back: 365.0 * 86_400, ahead: 1460.0 * 86_400)
  /// The time after which everything is listed again, in a window that has moved.
  private static let maximumRound: TimeInterval = 60 * 86_400

  package func changes(
    in calendarExternalID: String,
    since position: ChangePosition?,
    session: AccountSession
  ) async throws(ProviderError) -> RemoteChangePage {
    var place: DeltaPlace
    if let position {
      place = try DeltaPlace(position)
      guard clock.now.timeIntervalSince(place.beganAt) < Self.maximumRound else { throw .gone }
    } else {
      let window = DateInterval(start: clock.now - Self.window.back, end: clock.now + Self.window.ahead)
      let query = FormEncoding.encode([
        ("startDateTime", window.start.graph), ("endDateTime", window.end.graph),
      ])
      place = DeltaPlace(
        link: "\(client.calendarPath(calendarExternalID))/calendarView/delta?\(query)",
        beganAt: clock.now,
        end: window.end
      )
    }
    guard place.link.hasPrefix("/") || place.link.hasPrefix(client.baseURL + "/") else { throw .gone }
    let page = try await client.list(place.link, pageSize: 50, session)
    guard let next = page.nextLink ?? page.deltaLink else {
      throw .malformedReply(reason: Messages.listWithoutNextPage)
    }
    var changes: [RemoteEventChange] = []
    for item in page.items {
      changes += try await self.changes(item, in: DateInterval(start: place.start, end: place.end), session)
    }
    place.link = next
    return RemoteChangePage(changes, next: place.position, isLast: page.nextLink == nil)
  }

  /// Returns the change that one item of a page describes.
  private func changes(
    _ item: JSON,
    in window: DateInterval,
    _ session: AccountSession
  ) async throws(ProviderError) -> [RemoteEventChange] {
    let told = GraphEvent(item)
    // An occurrence that is as its series has it is told with the series.
    guard !told.id.isEmpty, told.type != "occurrence" else { return [] }
    let event: GraphEvent
    do throws(ProviderError) {
      // With what we keep with it, which a list does not tell.
      event = try await client.event(told.id, session)
    } catch {
      switch error {
      case .notFound, .gone: return [.deleted(.init(externalID: told.id))]
      default: throw error
      }
    }
    // What has only left the window is still there.
    guard item["@removed"] == nil else { return [] }
    let place = RemoteEvent.Locator(
      externalID: event.id,
      seriesExternalID: event.seriesID,
      originalStart: event.seriesID == nil ? nil : event.originalStart
    )
    let read: ProviderEvent
    do throws(ProviderError) { read = try await self.read(event, session) } catch {
      switch error {
      case .rejected(let reason): return [.unreadable(externalID: event.id, reason: reason)]
      case .malformedReply: return [.unreadable(externalID: event.id, reason: Messages.unreadable)]
      default: throw error
      }
    }
    let deleted =
      read.content.recurrence.isEmpty ? [] : try await deletedOccurrences(of: read, in: window, session)
    return [.event(RemoteEvent(read, at: place))] + deleted
  }

  /// The occurrences that the rules make and the calendar does not have.
  private func deletedOccurrences(
    of series: ProviderEvent,
    in window: DateInterval,
    _ session: AccountSession
  ) async throws(ProviderError) -> [RemoteEventChange] {
    let there = Set(
      try await instances(of: series.externalID, in: window, session).compactMap(\.originalStart)
    )
    // Those at the edges may have been moved out of the window, or into it.
    let margin: TimeInterval = 7 * 86_400
    let expected = series.occurrences(
      in: DateInterval(start: window.start + margin, end: window.end - margin)
    )
    guard expected.isComplete, expected.starts.count <= 2000 else { return [] }
    return expected.starts.filter { !there.contains($0) }.map { start in
      .deleted(
        .init(
          externalID: series.externalID,
          seriesExternalID: series.externalID,
          originalStart: start
        )
      )
    }
  }
}

extension MicrosoftCalendarProvider: FreeBusyProvider {
  package func busyTimes(
    in calendarExternalID: String,
    from start: Date,
    to end: Date,
    session: AccountSession
  ) async throws(ProviderError) -> [DateInterval] {
    guard start < end else { return [] }
    let query = FormEncoding.encode([
      ("startDateTime", start.graph), ("endDateTime", end.graph),
      ("$select", "id,start,end,isAllDay,originalStartTimeZone,showAs,isCancelled,responseStatus"),
    ])
    let items = try await client.all(
      "\(client.calendarPath(calendarExternalID))/calendarView?\(query)",
      session
    )
    return items.map(GraphEvent.init).compactMap(\.busyTime).joined(
      within: DateInterval(start: start, end: end)
    )
  }
}

extension GraphEvent {
  /// Whole days are busy from midnight to midnight where the event was made.
  fileprivate var busyTime: DateInterval? {
    guard availability != .free, ownResponse != .declined, !isCancelled,
      var start = Self.instant(json["start"]),
      var end = Self.instant(json["end"])
    else { return nil }
    if case .allDay(let first, let last) = timing(in: nil), let zone = originalStartTimeZone {
      start = ZonedDateTime(local: LocalDateTime(startOf: first), zone: zone).instant
      end = ZonedDateTime(local: LocalDateTime(startOf: last), zone: zone).instant
    }
    return end > start ? DateInterval(start: start, end: end) : nil
  }
}

/// Where in Graph's changes we are: its own link, and of which window.
private struct DeltaPlace: Codable {
  var link: String
  var beganAt: Date
  var start: Date
  var end: Date

  init(link: String, beganAt: Date, end: Date) {
    self.link = link
    self.beganAt = beganAt
    self.end = end
    start = end.addingTimeInterval(-1825 * 86_400)
  }

  init(_ position: ChangePosition) throws(ProviderError) {
    guard let place = try? JSONDecoder().decode(Self.self, from: Data(position.text.utf8)) else {
      throw .gone
    }
    self = place
  }

  var position: ChangePosition {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return ChangePosition(String(decoding: (try? encoder.encode(self)) ?? Data(), as: UTF8.self))
  }
}
