import Foundation

extension CalendarObject {
  /// The VTIMEZONEs that are made and those that were kept, in the order of their names.
  var zonesToWrite: [Component] {
    let (made, unused) = knownZones.merged(with: zoneUses)
    let all = made + unused + otherComponents.filter { $0.name == "VTIMEZONE" }
    guard all.count > 1 else { return all }
    return all.map { ($0, $0.property(.tzid)?.text ?? "") }.enumerated()
      .sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }.map(\.element.0)
  }

  /// The zones in use, each of which needs a VTIMEZONE just long enough for its events (RFC 5545 §3.6.5).
  ///
  /// Not those whose VTIMEZONEs are kept in `otherComponents` as they were read.
  private var zoneUses: [String: ZoneUse] {
    var spans: [String: ZoneUse] = [:]
    let kept = otherComponents.filter { $0.name == "VTIMEZONE" }
    let keptNames = Set(kept.compactMap { $0.property(.tzid)?.text })
    var zones = ZoneResolver(definitions: kept)
    func add(_ tzid: String, _ zone: Zone, _ span: ZoneSpan) {
      if let known = spans[tzid]?.span {
        // Most events lie within what is known.
        if !known.contains(span) { spans[tzid] = ZoneUse(zone: zone, span: known.union(span)) }
      } else if !keptNames.contains(tzid) {
        spans[tzid] = ZoneUse(zone: zone, span: span)
      }
    }
    // In place and field by field: a copy of an event counts twenty references.
    events.withUnsafeBufferPointer { events in
      var settled = SettledZones()
      for index in events.indices {
        if settled.cover(events[index].timing), events[index].recurrence.isEmpty,
          events[index].asRead.zonedLines.isEmpty,
          events[index].otherProperties.allSatisfy({ !$0.hasParameters })
        {
          for part in events[index].otherComponents { part.forEachZone(&zones, add) }
          continue
        }
        events[index].forEachZone(&zones, add)
        if case .timed(let start, _) = events[index].timing, let known = spans[start.zone.identifier] {
          settled.settle(known.zone, known.span)
        }
      }
    }
    for part in todos { part.component.forEachZone(&zones, add) }
    for part in journals { part.component.forEachZone(&zones, add) }
    for part in freeBusy { part.component.forEachZone(&zones, add) }
    for part in otherComponents where part.name != "VTIMEZONE" { part.forEachZone(&zones, add) }
    return spans
  }
}

/// The instants at which a zone must be right; without a last one, for ever.
struct ZoneSpan {
  var first: Date
  var last: Date?

  func contains(_ other: ZoneSpan) -> Bool {
    guard first <= other.first else { return false }
    guard let last else { return true }
    return other.last.map { $0 <= last } ?? false
  }

  func union(_ other: ZoneSpan) -> ZoneSpan {
    let last: Date? = if let last, let end = other.last { max(last, end) } else { nil }
    return ZoneSpan(first: min(first, other.first), last: last)
  }
}

/// Zones and wall clocks for which each is known to be needed: most events are in few zones, in the midst of the others.
private struct SettledZones {
  private var spans: [(rules: ZoneRules, seconds: Range<Int>)] = []

  mutating func settle(_ zone: Zone, _ span: ZoneSpan) {
    // No offset is as long as a day.
    let first = span.first.wholeSeconds + 86_400
    let last = span.last.map { $0.wholeSeconds - 86_400 } ?? .max
    spans.removeAll { $0.rules === zone.rules }
    if first < last, spans.count < 16 { spans.append((zone.rules, first..<last)) }
  }

  /// Whether the times need nothing that is not known.
  func cover(_ timing: EventTiming) -> Bool {
    guard case .timed(let start, let end) = timing, !timing.isWrittenInUTC else { return true }
    if start.zone.isUTC, end.zone.isUTC { return true }
    guard start.zone.rules === end.zone.rules,
      let span = spans.first(where: { $0.rules === start.zone.rules })
    else { return false }
    return span.seconds.contains(start.local.nominalSeconds)
      && span.seconds.contains(end.local.nominalSeconds)
  }
}

extension EventComponent {
  /// Tells each TZID that is written, and the span for which its zone must be right.
  fileprivate func forEachZone(_ zones: inout ZoneResolver, _ tell: (String, Zone, ZoneSpan) -> Void) {
    // What else is in the event may use the names of its zones.
    for zone in timing.zones + fileZones {
      if let definition = zone.definition { zones.define(definition) }
    }
    let own = timing.startInstant(in: .utc)
    let repeats = !recurrence.isEmpty
    if case .timed(let start, let end) = timing, !timing.isWrittenInUTC {
      let span = ZoneSpan(first: own, last: repeats ? nil : end.instant)
      tell(start.zone.identifier, start.zone, span)
      if start.zone != end.zone { tell(end.zone.identifier, end.zone, span) }
    }
    // EXDATE, RDATE, RECURRENCE-ID and what was kept may name further zones, for times not known here.
    let lines = recurrence.contains(where: \.hasParameters) ? recurrenceLines : []
    for line in lines + otherProperties + asRead.zonedLines {
      guard let tzid = line.parameter("TZID"), let zone = zones.zone(tzid) else { continue }
      let instant = line.instant ?? own
      let first = min(own, instant).addingTimeInterval(-86_400)
      tell(tzid, zone, ZoneSpan(first: first, last: repeats ? nil : max(own, instant)))
    }
    for part in otherComponents { part.forEachZone(&zones, tell) }
  }
}

extension String {
  /// Whether the text is a content line with parameters.
  fileprivate var hasParameters: Bool {
    utf8.first { $0 == .semicolon || $0 == .colon } == .semicolon
  }
}

extension Component {
  /// Tells each TZID in the component, and the span for which its zone must be right.
  fileprivate func forEachZone(_ zones: inout ZoneResolver, _ tell: (String, Zone, ZoneSpan) -> Void) {
    // A reminder rarely has any.
    let repeats = lines.haveParameters && (property(.rrule) != nil || property(.rdate) != nil)
    for line in lines.haveParameters ? properties : [] {
      guard line.hasParameters, let tzid = line.parameter("TZID"), let zone = zones.zone(tzid),
        let instant = line.instant
      else { continue }
      // A list's other times may be months away.
      let last = repeats || line.value.contains(",") ? nil : instant.addingTimeInterval(86_400)
      tell(tzid, zone, ZoneSpan(first: instant.addingTimeInterval(-86_400), last: last))
    }
    for part in components { part.forEachZone(&zones, tell) }
  }
}
