import ArgumentParser
import Foundation
import ICalendar

struct IcsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ics",
    abstract: "Check, normalize and expand iCalendar files.",
    subcommands: [Check.self, Normalize.self, Expand.self]
  )
}

/// A file that a command reads, whole.
struct IcsFile: ParsableArguments {
  @Argument(help: "The file, or - for standard input.")
  var file: String

  /// A file on one's own machine may be large; it is still held in memory.
  static let limits = ReadingLimits(bytes: 1 << 30, componentBytes: 1 << 30, lines: 40_000_000)

  func octets() throws -> [UInt8] {
    let handle: FileHandle
    if file == "-" {
      handle = .standardInput
    } else {
      guard let opened = FileHandle(forReadingAtPath: file) else {
        throw ValidationError("\(file) can't be read.")
      }
      handle = opened
    }
    // One more than the reader takes, so that it is the reader who refuses.
    guard let data = try handle.read(upToCount: Self.limits.bytes + 1) else { return [] }
    return Array(data)
  }

  /// All that can be read of the file, and all that cannot.
  func inspection() throws -> Inspection {
    do {
      let inspection = try Component.inspect(try octets(), limits: Self.limits)
      if !inspection.components.contains(where: { $0.name == "VCALENDAR" }) {
        throw ICalendarError.noCalendar
      }
      return inspection
    } catch let error as ICalendarError {
      throw Unreadable(file: file, error: error)
    }
  }

  /// The calendars of the file, as tolerantly as they can be read.
  func calendars() throws -> [Component] {
    let octets = try octets()
    do {
      return try Component.parseCalendars(octets, limits: Self.limits)
    } catch {
      throw Unreadable(file: file, error: error)
    }
  }
}

/// Why a file is not worked on, in a line.
struct Unreadable: Error, CustomStringConvertible {
  let file: String
  let error: ICalendarError

  var description: String { "\(file): \(error.sentence)" }
}

extension ICalendarError {
  /// The problem, in words for the user.
  var sentence: String {
    switch self {
    case .exceeds(let limit): "it is too large to read (\(limit.rawValue))"
    case .noCalendar: "it contains no VCALENDAR"
    case .unexpectedComponent(let name): "\(name.prefix(64)) is not expected there"
    case .missing(let property): "an event lacks \(property)"
    case .invalid(let property): "\(property) cannot be read"
    case .unknownTimeZone(let name): "the time zone \(name) is unknown"
    case .floatingTime(let property): "\(property) has no time zone"
    }
  }
}

extension ICalendarDefect {
  /// The line, the place, the event and the problem: "line 8, VEVENT RRULE, UID 1@example.com: The rule has no FREQ".
  var sentence: String {
    let place = [component, property].compactMap { $0 }.joined(separator: " ")
    let event = uid.map { ", UID \($0.isEmpty ? "missing" : $0.onOneLine)" } ?? ""
    return "line \(line), \(place)\(event): \(message)"
  }
}

extension String {
  /// The text without what would steer a terminal, and not for ever.
  var onOneLine: String {
    let clean = unicodeScalars.filter { $0.properties.generalCategory != .control }
    return String(String(String.UnicodeScalarView(clean)).prefix(255))
  }
}

/// Writes to standard output without a copy as text.
func writeToStandardOutput(_ octets: [UInt8]) throws {
  try FileHandle.standardOutput.write(contentsOf: octets)
}
