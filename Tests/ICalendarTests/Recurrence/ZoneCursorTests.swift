import Foundation
import TestSupport
import Testing

@testable import ICalendar

@Suite(.timeLimit(.minutes(5))) struct ZoneCursorTests {
  @Test(arguments: ZoneOracleTests.names)
  func `a wall clock is resolved as the zone itself does, in any order`(name: String) throws {
    let zone = try zone(name)
    var random = SeededRandom(seed: 8)
    var walls = (0..<300).map { _ in Int.random(in: -3_000_000_000...5_000_000_000, using: &random) }
    // From the first changes on, and where the listed ones end.
    let old = zone.transitions(from: try utc("1890-01-01T00:00:00"), to: try utc("1950-01-01T00:00:00"))
    let new = zone.transitions(from: try utc("2096-01-01T00:00:00"), to: try utc("2103-01-01T00:00:00"))
    for change in old + new {
      let onset = change.onset.nominalSeconds
      walls += [-86_400, -7200, -3601, -3600, -1, 0, 1, 1800, 3599, 3600, 7200, 86_400].map { onset + $0 }
    }
    for order in [walls, walls.sorted(), walls.shuffled(using: &random)] {
      var cursor = ZoneCursor(zone)
      for wall in order {
        let local = LocalDateTime(nominalSeconds: wall)
        let time = ZonedDateTime(local: local, zone: zone)
        let isSkipped = if case .skipped = zone.reading(of: local) { true } else { false }
        let (second, skipped) = cursor.resolve(wall)
        #expect(second == wall - time.offset && skipped == isSkipped, "\(local)")
      }
    }
  }
}
