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

/// The zones of the VTIMEZONEs that were looked at last: most files have the same few, and to read one takes longer than
/// to write an event.
private final class ReadZones: Sendable {
  static let shared = ReadZones()

  private let zones = Mutex<[Component: Zone?]>([:])

  /// The zone that a VTIMEZONE defines, as `Zone.init(definition:)` makes it.
  func zone(_ definition: Component) -> Zone? {
    if let known = zones.withLock({ $0[definition] }) { return known }
    let zone = Zone(definition: definition)
    zones.withLock { zones in
      if zones.count >= 64 { zones = [:] }
      zones[definition] = .some(zone)
    }
    return zone
  }
}

extension Component {
  /// Whether the VTIMEZONE has the zone's offsets wherever they are needed.
  fileprivate func defines(_ use: ZoneUse) -> Bool {
    guard let own = ReadZones.shared.zone(self) else { return false }
    // Readers compare wall clocks, not instants: a change less than a day away can decide.
    let first = use.span.first.wholeSeconds - 86_400
    let last = use.span.last.map { $0.wholeSeconds + 86_400 } ?? first + 50 * 366 * 86_400
    guard first < last else { return false }
    func offsets(_ zone: Zone) -> [Int] {
      let changes = zone.rules.transitions(in: first + 1..<last).filter { $0.offsetBefore != $0.offsetAfter }
      return [zone.offset(atSecond: first)] + changes.flatMap { [$0.second, $0.offsetAfter] }
    }
    return offsets(own) == offsets(use.zone)
  }
}
