public import Foundation

/// A wall-clock time in a zone (RFC 5545 §3.3.5 form 3), from which the instant is computed.
///
/// Where the clock is put back an hour passes twice; `isSecondPass` tells the two apart.
public struct ZonedDateTime: Sendable, Hashable {
  /// The time that the clock on the wall shows.
  public let local: LocalDateTime
  /// The zone of that clock.
  public let zone: Zone
  /// Whether this is the later of two instants that show the same time.
  public let isSecondPass: Bool

  /// Makes the wall-clock time; where it occurs twice, the first (RFC 5545 §3.3.5).
  public init(local: LocalDateTime, zone: Zone) {
    self.init(local: local, zone: zone, isSecondPass: false)
  }

  /// Makes the wall-clock time; `isSecondPass` counts only where the time does occur twice.
  public init(local: LocalDateTime, zone: Zone, isSecondPass: Bool) {
    self.local = local
    self.zone = zone
    self.isSecondPass = isSecondPass && zone.reading(of: local).isRepeated
  }

  /// Makes a wall-clock time of which it is known whether it is a second pass.
  init(local: LocalDateTime, zone: Zone, knownSecondPass: Bool) {
    self.local = local
    self.zone = zone
    isSecondPass = knownSecondPass
  }

  /// Makes what the clock of `zone` shows at an instant; parts of a second are dropped.
  public init(instant: Date, zone: Zone) {
    let seconds = instant.wholeSeconds
    let offset = zone.offset(atSecond: seconds)
    local = LocalDateTime(nominalSeconds: seconds + offset)
    self.zone = zone
    if case .repeated(let first, _) = zone.reading(of: local) {
      isSecondPass = offset != first
    } else {
      isSecondPass = false
    }
  }

  /// Seconds east of UTC that turn the wall clock into the instant.
  ///
  /// A time that the clock skips is read with the offset before the gap (RFC 5545 §3.3.5), one that it
  /// shows twice with the first, unless this is the second pass.
  public var offset: Int {
    switch zone.reading(of: local) {
    case .once(let offset): offset
    case .skipped(let before): before
    case .repeated(let first, let second): isSecondPass ? second : first
    }
  }

  /// The instant.
  public var instant: Date {
    Date(timeIntervalSince1970: TimeInterval(local.nominalSeconds - offset))
  }
}

extension Date {
  /// Whole seconds since 1970 UTC, rounded down and held within the years 1…9999.
  var wholeSeconds: Int {
    let seconds = timeIntervalSince1970.rounded(.down)
    let first = Double(CalendarDate.firstDayNumber * 86_400)
    let last = Double(CalendarDate.lastDayNumber * 86_400 + 86_399)
    return seconds.isNaN ? 0 : Int(min(max(seconds, first), last))
  }
}
