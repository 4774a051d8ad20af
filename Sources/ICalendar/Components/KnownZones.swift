import Foundation
import Synchronization

/// A zone, and the instants at which it must be right.
struct ZoneUse {
  var zone: Zone
  var span: ZoneSpan
}

/// The VTIMEZONEs of a file for zones that are known without them, as they were read.
///
/// They are written again where they are right for the times that need them. Objects are equal with and without them.
struct KnownZones: Sendable, Hashable {
  var components: [Component] = []

  static func == (left: KnownZones, right: KnownZones) -> Bool { true }

  func hash(into hasher: inout Hasher) {}

  /// A VTIMEZONE for each zone in use, and those that were read of zones that are not.
  func merged(with uses: [String: ZoneUse]) -> (made: [Component], unused: [Component]) {
    var unused = components
    let made = uses.sorted { $0.key < $1.key }.compactMap { tzid, use -> Component? in
      // For UTC none is written.
      guard !use.zone.isUTC, !use.zone.isFloating else { return nil }
      func component() -> Component? {
        use.zone.timeZoneComponent(named: tzid, from: use.span.first, to: use.span.last)
      }
      guard let index = unused.firstIndex(where: { $0.property(.tzid)?.text == tzid }) else {
        return component()
      }
      let read = unused.remove(at: index)
      if read.defines(use) { return read }
      // Its rules are not those of the times; what else it says is kept.
      var new = component()
      new?.properties += read.properties.filter { $0.layout.known != .tzid }
      return new
    }
    return (made, unused)
  }
}

/// The VTIMEZONEs that were looked at last, and what they define: most files have the same few, and to read one takes
/// longer than to write an event.
private final class ReadZones: Sendable {
  static let shared = ReadZones()

  private struct Entry {
    /// Nil where the VTIMEZONE cannot be read.
    var zone: Zone?
    /// The zone whose offsets it was last found to have, and the seconds between which it has them.
    var agreement: (zone: Zone, seconds: ClosedRange<Int>)?
  }

  /// A VTIMEZONE, told from most others by its TZID, since to hash all of it takes as long as to write an event.
  private struct Definition: Hashable {
    let component: Component

    func hash(into hasher: inout Hasher) { hasher.combine(component.property(.tzid)) }
  }

  private let entries = Mutex<[Definition: Entry]>([:])

  /// Whether a VTIMEZONE has the offsets of a zone between two seconds.
  func hasOffsets(_ component: Component, of zone: Zone, in span: ClosedRange<Int>) -> Bool {
    let definition = Definition(component: component)
    let known = entries.withLock { $0[definition] }
    // A zone that another file defines may have the same name.
    if let agreed = known?.agreement, agreed.zone == zone, agreed.seconds.contains(span.lowerBound),
      agreed.seconds.contains(span.upperBound)
    {
      return true
    }
    var entry = known ?? Entry(zone: Zone(definition: component))
    let isSame = entry.zone.map { $0.offsets(in: span) == zone.offsets(in: span) } ?? false
    if isSame {
      var seconds = span
      if let known = entry.agreement, known.zone == zone, known.seconds.overlaps(span) {
        seconds =
          min(known.seconds.lowerBound, span.lowerBound)...max(known.seconds.upperBound, span.upperBound)
      }
      entry.agreement = (zone, seconds)
    }
    entries.withLock { entries in
      if entries.count >= 64 { entries = [:] }
      entries[definition] = entry
    }
    return isSame
  }
}

extension Zone {
  /// The offset at the first second, then each change of it.
  fileprivate func offsets(in span: ClosedRange<Int>) -> [Int] {
    let changes = rules.transitions(in: span.lowerBound + 1..<span.upperBound)
      .filter { $0.offsetBefore != $0.offsetAfter }
    return [offset(atSecond: span.lowerBound)] + changes.flatMap { [$0.second, $0.offsetAfter] }
  }
}

extension Component {
  /// Whether the VTIMEZONE has the zone's offsets wherever they are needed.
  fileprivate func defines(_ use: ZoneUse) -> Bool {
    // Readers compare wall clocks, not instants: a change less than a day away can decide.
    let first = use.span.first.wholeSeconds - 86_400
    let last = use.span.last.map { $0.wholeSeconds + 86_400 } ?? first + 50 * 366 * 86_400
    return first < last && ReadZones.shared.hasOffsets(self, of: use.zone, in: first...last)
  }
}
