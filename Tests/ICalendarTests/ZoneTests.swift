import Foundation
import TestSupport
import Testing

@testable import ICalendar

@Suite(.timeLimit(.minutes(5))) struct ZoneTests {
  @Test(arguments: [
    "../../etc/passwd", "/etc/passwd", "Europe/../Europe/Berlin", "Europe/", "Europe", "", ".",
    "Europe//Berlin", "Europe/Berlin/", "europe/berlin",
    "GMT+5", "UTC+1", "+01:00", "W. Europe Standard Time", "posix/Europe/Berlin", "right/UTC", "localtime",
    "posixrules", "Factory", "tzdata.zi", "zone.tab", "Europe/Berlin\0", "Europe/Berlin ",
    "Europe/\(String(repeating: "x", count: 80))",
  ])
  func `what is no IANA name is no zone`(name: String) {
    #expect(Zone(name) == nil)
  }

  @Test(arguments: ["UTC", "Europe/Berlin", "EST5EDT", "Etc/GMT+5", "America/Argentina/Buenos_Aires", "GMT"])
  func `IANA names are zones`(name: String) throws {
    #expect(try zone(name).identifier == name)
    #expect(Zone.allIdentifiers.contains(name))
  }

  @Test func `all listed zones can be read, and the list is sorted`() {
    let all = Zone.allIdentifiers
    #expect(all.count > 400)
    #expect(all == all.sorted())
    #expect(all.filter { Zone($0) == nil } == [])
  }

  @Test func `a rule goes on after the table ends`() throws {
    let berlin = try zone("Europe/Berlin")
    #expect(berlin.offset(at: try utc("2199-07-01T00:00:00")) == 7200)
    #expect(berlin.offset(at: try utc("2199-12-01T00:00:00")) == 3600)
    let changes = berlin.transitions(from: try utc("2100-01-01T00:00:00"), to: try utc("2102-01-01T00:00:00"))
    #expect(changes.map(\.offsetAfter) == [7200, 3600, 7200, 3600])
  }

  @Test func `transitions include their beginning and not their end`() throws {
    let zone = try zone("America/New_York")
    let change = try utc("2026-03-08T07:00:00")
    #expect(zone.transitions(from: change, to: change.addingTimeInterval(1)).map(\.at) == [change])
    #expect(zone.transitions(from: change.addingTimeInterval(-1), to: change).isEmpty)
    #expect(zone.transitions(from: change, to: change.addingTimeInterval(-1)).isEmpty)
    let first = zone.transitions(from: change, to: change.addingTimeInterval(1))[0]
    #expect((first.offsetBefore, first.offsetAfter, first.isDaylight) == (-18_000, -14_400, true))
    #expect(first.abbreviation == "EDT")
  }

  @Test func `instants beyond the calendar are held at its edge`() throws {
    let berlin = try zone("Europe/Berlin")
    for instant in [Date.distantPast, .distantFuture, Date(timeIntervalSince1970: .infinity)] {
      #expect(abs(berlin.offset(at: instant)) <= 7200)
    }
    #expect(ZonedDateTime(instant: Date(timeIntervalSince1970: .nan), zone: .utc).local.date.year == 1970)
  }

  @Test(arguments: [
    "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Africa/Casablanca", "Pacific/Apia",
  ])
  func `without tzdata Foundation's rules give the same offsets`(name: String) throws {
    let rules = try #require(ZoneRules(foundationZone: name))
    let expected = try zone(name)
    for second in stride(from: 0, to: 2_051_222_400, by: 3 * 86_400 + 1234) {
      #expect(rules.offset(at: second) == expected.offset(atSecond: second))
    }
  }

  @Test func `a database without tzdata knows Foundation's zones and no others`() {
    let database = ZoneDatabase(folder: "/nonexistent")
    #expect(database.rules(of: "Europe/Berlin")?.offset(at: 1_782_000_000) == 7200)
    #expect(database.rules(of: "UTC")?.offset(at: 0) == 0)
    #expect(database.rules(of: "GMT+5") == nil)
  }

  @Test func `damaged zone files are refused at every length`() throws {
    let file = try #require(FileManager.default.contents(atPath: "/usr/share/zoneinfo/America/New_York"))
    let bytes = [UInt8](file)
    #expect(TZifFile(bytes, identifier: "America/New_York")?.rules.offset(at: 1_782_000_000) == -4 * 3600)
    var random = SeededRandom(seed: 8536)
    for _ in 0..<300 {
      let cut = Int.random(in: 0..<bytes.count - 60, using: &random)
      #expect(TZifFile(Array(bytes.prefix(cut)), identifier: "America/New_York") == nil)
      var damaged = bytes
      for _ in 0..<8 {
        damaged[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
      }
      _ = TZifFile(damaged, identifier: "America/New_York")?.rules.offset(at: 1_782_000_000)
    }
  }

  @Test(arguments: [
    "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET", "-1", "<+03-3", "CET-1CEST,J0,J300", "",
  ])
  func `malformed POSIX rules are refused`(text: String) {
    #expect(PosixZone(text) == nil)
  }

  @Test func `Julian days in POSIX rules skip the leap day or count it`() throws {
    let zone = try #require(PosixZone("AAA0BBB,J60,59"))
    let rule = try #require(zone.rule)
    #expect(rule.transition(toDaylight: true, in: 2024).onset.description == "2024-03-01T02:00:00")
    #expect(rule.transition(toDaylight: true, in: 2023).onset.description == "2023-03-01T02:00:00")
    #expect(rule.transition(toDaylight: false, in: 2024).onset.description == "2024-02-29T02:00:00")
  }
}
