import Foundation
import Testing

@testable import ICalendar

/// Files as other programs write them, one for each kind of trouble and variations (names that begin with "v"), beside
/// python icalendar, recurring-ical-events and libical.
@Suite(.timeLimit(.minutes(5))) struct WildCorpusTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "Corpus/Wild"
  )

  private static let names =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".ics") }.map { String($0.dropLast(4)) }.sorted()

  private func octets(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: Self.folder.appending(path: "\(name).ics")))
  }

  /// The file as `phos ics normalize` writes it.
  private func normalized(_ octets: [UInt8]) throws -> [UInt8] {
    try Component.parseCalendars(octets).flatMap {
      try CalendarObject(keepingAllOf: $0, floatingZone: .floating).serialized()
    }
  }

  /// The file as the other side gets it, which reads neither Latin-1 nor lines that end with CR.
  private func text(_ octets: [UInt8]) -> String {
    let text =
      String(validating: octets, as: UTF8.self)
      ?? String(String.UnicodeScalarView(octets.map { Unicode.Scalar($0) }))
    return text.contains("\n") ? text : text.replacing("\r", with: "\r\n")
  }

  private struct Files: Encodable {
    var files: [String]
  }

  /// Those of attachments (4) are in `RoundTripTests`; 5 and 16 are the service's own messages.
  @Test(arguments: [1, 2, 3, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 18, 19])
  func `each kind of trouble has three variations of our own`(kind: Int) throws {
    let prefix = kind < 10 ? "v0\(kind)-" : "v\(kind)-"
    let variations = try Self.names.filter { $0.hasPrefix(prefix) }.flatMap { name in
      try Component.parse(try octets(name)).flatMap { $0.name == "VCALENDAR" ? $0.components : [$0] }
    }
    #expect(variations.count { $0.name != "VTIMEZONE" } >= 3)
  }

  @Test func `no component and no property is lost, as python icalendar counts them`() throws {
    #expect(Self.names.count >= 45)
    let originals = try Self.names.map { try octets($0) }
    let files = originals.map { text($0) } + (try originals.map { text(try normalized($0)) })
    let counts: [[String: Int]?] = try Oracle.ask("counts", Files(files: files), script: "corpus_oracle.py")
    try #require(counts.count == files.count)
    for (index, name) in Self.names.enumerated() {
      let (before, after) = (try #require(counts[index]), counts[index + Self.names.count] ?? [:])
      let lost = before.filter { after[$0.key, default: 0] < $0.value }
      #expect(lost == [:], "\(name)")
      #expect(before.values.reduce(0, +) > 0, "\(name)")
    }
  }

  @Test(arguments: names)
  func `a normalized file is written the same again`(name: String) throws {
    let once = try normalized(try octets(name))
    #expect(try normalized(once) == once)
  }

  /// Another implementation, and the files of which it lists other instances, with why ours are right.
  struct Peer: CustomTestStringConvertible {
    var testDescription: String
    var script: String
    var deviations: [String: String]

    static let all = [
      Peer(
        testDescription: "recurring-ical-events",
        script: "corpus_oracle.py",
        deviations: [
          "32-value-date-with-midnight":
            "VALUE=DATE says a day (RFC 5545 §3.2.20), which ical.js and Google read.",
          "43-slash-before-a-zone":
            "It takes \"(GMT +01:00)\" for no zone, though the name tells the offset.",
          "07-one-uid-for-all":
            "It lists one of several events that share a UID; libical and ical.js list all.",
          "07b-one-uid-series-and-single":
            "It lists one of several events that share a UID; libical and ical.js list all.",
          "v08-shared-uids": "It lists one of several events that share a UID; libical and ical.js list all.",
          "v14-what-check-tells": "Of two overrides of one instance it lists the later; libical lists both.",
          "v19-beside-the-calendar": "It sees nothing beside a VCALENDAR.",
          "v19-without-calendar": "It sees nothing without a VCALENDAR.",
        ]
      ),
      Peer(
        testDescription: "libical",
        script: "libical_oracle.py",
        deviations: [
          "02f-own-zone-in-exdate-of-utc-series":
            "It looks for an RDATE's zone among the IANA's, not in the file.",
          "v01-own-zone-in-every-line": "It looks for an RDATE's zone among the IANA's, not in the file.",
          "10c-all-day-series-exdate-in-own-unknown-zone":
            "Days of a series are excluded and changed by times of the file's zone, which it does not compare.",
          "21-count-beside-until":
            "It reads no rule with both COUNT and UNTIL; the others stop at the earlier one.",
          "23b-floating-series-calendar-zone": "It knows no X-WR-TIMEZONE.",
          "v10-calendar-zone": "It knows no X-WR-TIMEZONE.",
          "30-dates-of-other-writers": "It reads times with separators or offsets as days, or not at all.",
          "v15-times": "It reads times with separators or offsets as days, or not at all.",
          "32-value-date-with-midnight":
            "VALUE=DATE says a day (RFC 5545 §3.2.20), which ical.js and Google read.",
          "31-rules-of-other-writers":
            "It lists nothing of an event with some rules that it cannot read, goes beyond COUNT with SKIP, and keeps a rule whose UNTIL is 31 September.",
          "36-own-export-with-exceptions":
            "It takes an RDATE's time for UTC, and the day after a skipped hour begins an hour late.",
          "37-what-is-lost-without-a-word":
            "It excludes by a time in a zone that nobody knows, and reads no RECURRENCE-ID with separators.",
          "v09-parts-unreadable":
            "It takes an RDATE in a zone that nobody knows for UTC, and reads no rule with both COUNT and UNTIL.",
          "40-newer-standards": "The Chinese New Year of 2027 is 6 February; Debian's ICU says the 7th.",
          "v17-other-calendars": "The Chinese New Year of 2027 is 6 February; Debian's ICU says the 7th.",
          "43-slash-before-a-zone": "It knows no zone by a name with a slash before it, nor by its offset.",
          "v15-zone-names": "It knows no zone by its offset.",
        ]
      ),
    ]
  }

  @Test(arguments: Peer.all) func `instances are those of other implementations`(peer: Peer) throws {
    let originals = try Self.names.map { try octets($0) }
    let answers: [[String]?] = try Oracle.ask(
      "instances",
      Files(files: originals.map { text($0) }),
      script: peer.script
    )
    try #require(answers.count == originals.count)
    for (name, (octets, answer)) in zip(Self.names, zip(originals, answers)) {
      guard let answer else { continue }
      // What no longer deviates has no place in the table.
      let (own, deviates) = (try instances(octets), peer.deviations[name] != nil)
      #expect((own != answer) == deviates, "\(name): \(own) | \(answer)")
    }
  }

  /// UIDs and starts of the instances from 2024 to 2032, at most 200 of each event.
  private func instances(_ octets: [UInt8]) throws -> [String] {
    let (from, to) = (try utc("2024-01-01T00:00:00"), try utc("2032-01-01T00:00:00"))
    return try CalendarObject.parseAll(octets, floatingZone: .floating).flatMap { object in
      let (series, alone) = EventSeries.grouping(object.events)
      return (series + alone.map { EventSeries(master: $0) }).flatMap { series in
        series.between(from, to).instances.prefix(200).map { "\(series.master.uid) \(described($0.timing))" }
      }
    }.sorted()
  }

  private func described(_ timing: EventTiming) -> String {
    switch timing {
    case .allDay(let start, _): start.description
    case .timed(let start, _) where start.zone.isFloating: start.local.description
    case .timed(let start, _): start.instant.ISO8601Format()
    }
  }
}
