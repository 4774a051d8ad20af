import CalendarService
import Foundation
import ICalendar
@testable import PhosServer
import Testing

/// RFC 3339 §5.6.
@Suite(.timeLimit(.minutes(5))) struct RFC3339Tests {
  @Test(arguments: [
    ("2026-01-28T10:00:00-05:00", 1_769_612_400, "2026-01-28"),
    ("2026-01-28T10:00:00Z", 1_769_594_400, "2026-01-28"),
    ("2026-01-28t10:00:00z", 1_769_594_400, "2026-01-28"),
    ("2026-01-28T10:00:00+00:00", 1_769_594_400, "2026-01-28"),
    ("2026-01-28T10:00:00-00:00", 1_769_594_400, "2026-01-28"),
    ("2026-01-28T10:00:00.5Z", 1_769_594_400.5, "2026-01-28"),
    ("2026-01-28T10:00:00.123456789Z", 1_769_594_400.123456789, "2026-01-28"),
    // The date is the one that was written, whatever day it is in UTC.
    ("2026-01-28T23:30:00-08:00", 1_769_671_800, "2026-01-28"),
    ("2026-01-28T00:30:00+14:00", 1_769_509_800, "2026-01-28"),
    ("1969-12-31T23:59:59Z", -1, "1969-12-31"),
    ("2024-02-29T00:00:00Z", 1_709_164_800, "2024-02-29"),
    ("2026-01-28T10:00:00+23:59", 1_769_508_060, "2026-01-28"),
  ])
  func `a time with its offset is read`(text: String, seconds: Double, date: String) throws {
    let instant = try #require(RequestedInstant(rfc3339: text))
    #expect(abs(instant.instant.timeIntervalSince1970 - seconds) < 1e-6)
    #expect("\(instant.writtenDate)" == date)
  }

  @Test(arguments: [
    "", "tomorrow", "2026-01-28", "10:00:00Z", "2026-01-28T10:00:00", "2026-01-28T10:00Z",
    "2026-01-28 10:00:00Z",
    "20260128T100000Z", "2026-1-28T10:00:00Z", "2026-01-28T10:00:00.Z", "2026-01-28T10:00:00,5Z",
    "2026-01-28T10:00:00+0500", "2026-01-28T10:00:00+5:00", "2026-01-28T10:00:00+24:00",
    "2026-01-28T10:00:00+05:60", "2026-01-28T10:00:00 05:00", "2026-01-28T10:00:00UTC",
    "2026-01-28T10:00:00ZZ", " 2026-01-28T10:00:00Z", "2026-01-28T10:00:00Z\n",
    "2026-13-01T10:00:00Z", "2026-00-01T10:00:00Z", "2026-02-30T10:00:00Z", "2025-02-29T10:00:00Z",
    "2026-01-28T24:00:00Z", "2026-01-28T10:60:00Z", "2026-01-28T10:00:60Z", "+2026-01-28T10:00:00Z",
    "-026-01-28T10:00:00Z", "٢٠٢٦-٠١-٢٨T10:00:00Z", "2026-01-28T10:00:00.٥Z", "2026-01-28T10:00:00+٠٥:٠٠",
    "2026-01-28T10:00:00." + String(repeating: "1", count: 30) + "Z",
  ])
  func `anything else is refused`(text: String) {
    #expect(RequestedInstant(rfc3339: text) == nil)
  }

  @Test(arguments: [
    (1_769_594_400, "2026-01-28T10:00:00Z"), (1_769_594_400.5, "2026-01-28T10:00:00.500Z"),
    (1_769_594_400.007, "2026-01-28T10:00:00.007Z"), (0, "1970-01-01T00:00:00Z"),
    (-0.25, "1969-12-31T23:59:59.750Z"), (-1, "1969-12-31T23:59:59Z"),
  ])
  func `an instant is written in UTC and reads back the same`(seconds: Double, text: String) throws {
    let instant = Date(timeIntervalSince1970: seconds)
    #expect(instant.rfc3339 == text)
    #expect(try #require(RequestedInstant(rfc3339: text)).instant == instant)
  }
}
