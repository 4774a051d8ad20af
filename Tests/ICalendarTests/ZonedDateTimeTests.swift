import Foundation
import ICalendar
import Testing

@Suite(.timeLimit(.minutes(5))) struct ZonedDateTimeTests {
  @Test func `a time that the clock skips is read with the offset before the gap`() throws {
    // 2026-03-08 02:00 EST becomes 03:00 EDT.
    let skipped = try time("2026-03-08T02:30:00 America/New_York")
    #expect(skipped.offset == -5 * 3600)
    #expect(try skipped.instant == utc("2026-03-08T07:30:00"))
    #expect(skipped.description == "2026-03-08T02:30:00-05:00[America/New_York]")
    #expect(ZonedDateTime(instant: skipped.instant, zone: skipped.zone).local.hour == 3)
  }

  @Test func `a time that the clock shows twice is the first unless it says otherwise`() throws {
    let zone = try zone("America/New_York")
    let first = try time("2026-11-01T01:30:00 America/New_York")
    let second = ZonedDateTime(local: first.local, zone: zone, isSecondPass: true)
    #expect(try first.instant == utc("2026-11-01T05:30:00"))
    #expect(try second.instant == utc("2026-11-01T06:30:00"))
    #expect(first != second)
    #expect(ZonedDateTime(instant: first.instant, zone: zone) == first)
    #expect(ZonedDateTime(instant: second.instant, zone: zone) == second)
    #expect(first.description == "2026-11-01T01:30:00-04:00[America/New_York]")
    #expect(second.description == "2026-11-01T01:30:00-05:00[America/New_York]")
    #expect(second.rfc3339 == "2026-11-01T01:30:00-05:00")
  }

  @Test func `a time that occurs once has no second pass`() throws {
    let once = try time("2026-11-01T03:30:00 America/New_York")
    #expect(ZonedDateTime(local: once.local, zone: once.zone, isSecondPass: true) == once)
  }

  @Test func `the edges of a gap and of a repeated hour are exact`() throws {
    for (text, hour) in [
      ("2026-03-08T01:59:59", 6), ("2026-03-08T03:00:00", 7), ("2026-11-01T00:59:59", 4),
      ("2026-11-01T01:00:00", 5), ("2026-11-01T01:59:59", 5), ("2026-11-01T02:00:00", 7),
    ] {
      let time = try time("\(text) America/New_York")
      #expect(LocalDateTime("\(ZonedDateTime(instant: time.instant, zone: .utc).local)")?.hour == hour)
    }
  }

  @Test func `a day that a zone never had is read with the offset before it`() throws {
    // Samoa went from 29 to 31 December 2011.
    let skipped = try time("2011-12-30T12:00:00 Pacific/Apia")
    #expect(skipped.offset == -10 * 3600)
    #expect(ZonedDateTime(instant: skipped.instant, zone: skipped.zone).local.date.day == 31)
  }

  @Test(arguments: [
    "2026-11-01T01:30:00-05:00[America/New_York]", "2026-11-01T01:30:00-04:00[America/New_York]",
    "2026-01-28T10:00:00+00:00[UTC]", "2026-01-28T10:00:00+05:45[Asia/Kathmandu]",
    "2026-03-08T02:30:00-05:00[America/New_York]",
  ])
  func `the text form leads back to the same time`(text: String) {
    #expect(ZonedDateTime(text)?.description == text)
  }

  @Test func `the wall clock wins over an offset that the zone no longer has`() throws {
    let read = try #require(ZonedDateTime("2026-07-01T09:00:00+07:00[Europe/Berlin]"))
    #expect(read.description == "2026-07-01T09:00:00+02:00[Europe/Berlin]")
    let repeated = try #require(ZonedDateTime("2026-11-01T01:30:00+01:00[America/New_York]"))
    #expect(!repeated.isSecondPass)
  }

  @Test func `Z with a zone is an instant`() throws {
    let read = try #require(ZonedDateTime("2026-07-01T07:00:00Z[Europe/Berlin]"))
    #expect(read.local.hour == 9)
  }

  @Test(arguments: [
    "2026-01-28T10:00:00+01:00", "2026-01-28T10:00:00[Europe/Berlin]", "2026-01-28T10:00:00+01:00[Mars/Base]",
    "2026-01-28T10:00:00+01:00[Europe/Berlin][u-ca=hebrew]", "2026-01-28T25:00:00+01:00[Europe/Berlin]", "[]",
    "]",
    "2026-01-28T10:00:00+01:00[../Europe/Berlin]", "2026-01-28T10:00:00+0100[Europe/Berlin]",
  ])
  func `other forms are refused`(text: String) {
    #expect(ZonedDateTime(text) == nil)
  }

  @Test func `an offset with seconds keeps the instant in RFC 3339`() throws {
    // Liberia was 44 minutes and 30 seconds behind until 1972.
    let early = try time("1971-06-01T12:00:00 Africa/Monrovia")
    #expect(early.offset == -2670)
    #expect(early.rfc3339 == "1971-06-01T12:00:30-00:44")
    #expect(ZonedDateTime(early.description) == early)
  }

  @Test func `whole days begin at midnight where one is`() throws {
    let timing = EventTiming.allDay(start: try date("2026-03-29"), end: try date("2026-03-30"))
    let berlin = try zone("Europe/Berlin")
    #expect(timing.isAllDay)
    #expect(timing.endInstant(in: berlin).timeIntervalSince(timing.startInstant(in: berlin)) == 23 * 3600)
    #expect(!EventTiming.allDay(start: try date("2026-03-29"), end: try date("2026-03-29")).isOrdered)
  }
}
