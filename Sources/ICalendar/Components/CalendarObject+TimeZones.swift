import Foundation

extension CalendarObject {
  /// One VTIMEZONE for each zone in use, just long enough for its events (RFC 5545 §3.6.5).
  var timeZoneComponents: [Component] {
    var spans: [Zone: ZoneSpan] = [:]
    for event in events {
      for (zone, span) in event.zoneSpans { spans[zone] = spans[zone]?.union(span) ?? span }
    }
    return spans.sorted { $0.key.identifier < $1.key.identifier }.compactMap { zone, span in
      zone.timeZoneComponent(from: span.first, to: span.last)
    }
  }
}

/// The instants at which a zone must be right; without a last one, for ever.
struct ZoneSpan {
  var first: Date
  var last: Date?

  func union(_ other: ZoneSpan) -> ZoneSpan {
    let last: Date? = if let last, let end = other.last { max(last, end) } else { nil }
    return ZoneSpan(first: min(first, other.first), last: last)
  }
}

extension EventComponent {
  fileprivate var zoneSpans: [(Zone, ZoneSpan)] {
    let own = timing.startInstant(in: .utc)
    let repeats = !recurrence.isEmpty
    let span = ZoneSpan(first: own, last: repeats ? nil : timing.endInstant(in: .utc))
    var zones: Set<Zone> = []
    if case .timed(let start, let end) = timing, !timing.isWrittenInUTC { zones = [start.zone, end.zone] }
    var spans = zones.map { ($0, span) }
    // EXDATE, RDATE, RECURRENCE-ID and what was kept may name further zones, for times not known here.
    for line in recurrenceLines + otherProperties {
      guard let zone = line.parameter("TZID").flatMap({ Zone($0) }) else { continue }
      let instant = line.instant ?? own
      let first = min(own, instant).addingTimeInterval(-86_400)
      spans.append((zone, ZoneSpan(first: first, last: repeats ? nil : max(own, instant))))
    }
    return spans
  }
}
