import Foundation
import Testing

@testable import ICalendar

/// Nasty files of our own making, a trap each, and what must be read from them and written again.
///
/// Beside NAME.ics stands NAME.txt: the events as they are understood, the defects that strict reading tells, and
/// the whole as it is written. With PHOS_WRITE_EXPECTED=1 the test rewrites it, for a person to review.
@Suite(.timeLimit(.minutes(5))) struct CorpusTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")

  static let names =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".ics") }.map { String($0.dropLast(4)) }.sorted()

  private func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: Self.folder.appending(path: "\(name).ics")))
  }

  private func described(_ time: EventTiming) -> String {
    switch time {
    case .allDay(let start, let end): "\(start) to \(end)"
    case .timed(let start, let end): "\(start) to \(end), \(start.instant.ISO8601Format())"
    }
  }

  private func described(_ bytes: [UInt8]) throws -> String {
    var lines: [String] = []
    let object = try CalendarObject.parse(bytes)
    for event in object.events {
      lines.append("event \(event.uid): \(described(event.timing))")
      if let summary = event.summary { lines.append("  summary \(summary.debugDescription)") }
      if let notes = event.description { lines.append("  description \(notes.debugDescription)") }
      if let place = event.location { lines.append("  location \(place.debugDescription)") }
      for guest in event.attendees {
        let name = guest.user.commonName.map { " called \($0.debugDescription)" } ?? ""
        lines.append("  attendee \(guest.user.address)\(name), \(guest.role), \(guest.participationStatus)")
      }
    }
    for error in object.unreadable { lines.append("unreadable: \(error)") }
    for (name, zone) in object.zoneSubstitutions.sorted(by: { $0.key < $1.key }) {
      lines.append("taken for another zone: \(name) for \(zone)")
    }
    lines.append("")
    lines += try Component.inspect(bytes).defects.map(\.description)
    lines.append("")
    return lines.joined(separator: "\n") + "\n" + object.text.replacing("\r\n", with: "\n")
  }

  @Test(arguments: names)
  func `a nasty file is read as expected`(name: String) throws {
    let file = Self.folder.appending(path: "\(name).txt")
    let found = try described(try bytes(name))
    if ProcessInfo.processInfo.environment["PHOS_WRITE_EXPECTED"] != nil {
      try Data(found.utf8).write(to: file)
    }
    let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(found == expected)
  }

  @Test(arguments: names)
  func `what is written of a nasty file is read as the same`(name: String) throws {
    let bytes = try bytes(name)
    for root in try Component.parse(bytes) { #expect(try Component.parse(root.serialized()) == [root]) }
    let object = try CalendarObject.parse(bytes)
    var again = try CalendarObject.parse(object.serialized())
    // What could not be read, and names that were taken for others, are told once.
    again.unreadable = object.unreadable
    again.zoneSubstitutions = object.zoneSubstitutions
    // The second of two equal times has no form but UTC (see the library's README).
    if name != "10-times-that-the-clock-shows-twice" { #expect(again == object) }
    #expect(again.serialized() == object.serialized())
  }

  @Test func `there is a file for each trap that reading meets`() {
    let traps = Set(Self.names.compactMap { Int($0.prefix(2)) })
    #expect(traps.isSuperset(of: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 18, 19, 20, 21, 22, 23, 24, 25]))
    #expect(Self.names.count >= 30)
  }
}
