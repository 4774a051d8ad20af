import Foundation
import Testing

@testable import ICalendar

/// Files as other programs write them, one for each kind of trouble and variations (names that begin with "v"), beside
/// python icalendar and recurring-ical-events.
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

  @Test func `no component and no property is lost, as python icalendar counts them`() throws {
    #expect(Self.names.count >= 33)
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

  /// Files of which the other side lists other instances, and why ours are right.
  private static let deviations = [
    "32-value-date-with-midnight": "VALUE=DATE says a day (RFC 5545 §3.2.20), which ical.js and Google read.",
    "43-slash-before-a-zone": "It takes \"(GMT +01:00)\" for no zone, though the name tells the offset.",
    "07-one-uid-for-all": "It lists one of several events that share a UID; libical and ical.js list all.",
    "07b-one-uid-series-and-single":
      "It lists one of several events that share a UID; libical and ical.js list all.",
    "v19-beside-the-calendar": "It sees nothing beside a VCALENDAR, as libical does.",
    "v19-without-calendar": "It sees nothing without a VCALENDAR, as libical does.",
  ]

  @Test func `instances are those of recurring-ical-events`() throws {
    let originals = try Self.names.map { try octets($0) }
    let answers: [[String]?] = try Oracle.ask(
      "instances",
      Files(files: originals.map { text($0) }),
      script: "corpus_oracle.py"
    )
    for (name, (octets, answer)) in zip(Self.names, zip(originals, answers)) {
      guard let answer, Self.deviations[name] == nil else { continue }
      #expect(try instances(octets) == answer, "\(name)")
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
