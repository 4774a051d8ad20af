import Foundation
import Testing

@testable import ICalendar

/// The examples of RFC 5545 §3.8.5.3, in their order: DTSTART in New York, the rule, and the instances it gives.
@Suite(.timeLimit(.minutes(5))) struct RuleExampleTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var start: String
    var rule: String
    /// Days and times in short: a month's days, each with DTSTART's time unless it has its own.
    var instances: String
    /// How many there are, where not all are given.
    var isEndless = false
    var exclusion: String?

    var testDescription: String { "\(start) \(rule)" }
  }

  static let examples = [
    Example(start: "1997-09-02T09:00", rule: "FREQ=DAILY;COUNT=10", instances: "1997-09: 2-11"),
    Example(
      start: "1997-09-02T09:00",
      rule: "FREQ=DAILY;UNTIL=19971224T000000Z",
      instances: "1997-09: 2-30, 1997-10: 1-31, 1997-11: 1-30, 1997-12: 1-23"
    ),
    Example(
      start: "1997-09-02T09:00",
      rule: "FREQ=DAILY;INTERVAL=2",
      instances: "1997-09: 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30, 1997-10: 2 4 6 8 10 12 14 16 18 20",
      isEndless: true
    ),
    Example(
      start: "1997-09-02T09:00",
      rule: "FREQ=DAILY;INTERVAL=10;COUNT=5",
      instances: "1997-09: 2 12 22, 1997-10: 2 12"
    ),
    Example(
      start: "1998-01-01T09:00",
      rule: "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
      instances: "1998-01: 1-31, 1999-01: 1-31, 2000-01: 1-31"
    ),
    Example(
      start: "1998-01-01T09:00",
      rule: "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1",
      instances: "1998-01: 1-31, 1999-01: 1-31, 2000-01: 1-31"
    ),
    Example(
      start: "1997-09-02T09:00",
      rule: "FREQ=WEEKLY;COUNT=10",
      instances: "1997-09: 2 9 16 23 30, 1997-10: 7 14 21 28, 1997-11: 4"
    ),
    Example(
      start: "1997-09-02T09:00",
      rule: "FREQ=WEEKLY;UNTIL=19971224T000000Z",
      instances: "1997-09: 2 9 16 23 30, 1997-10: 7 14 21 28, 1997-11: 4 11 18 25, 1997-12: 2 9 16 23"
    ),
    Example(
      start: "1997-09-02T09:00",
      rule: "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
      instances:
        "1997-09: 2 16 30, 1997-10: 14 28, 1997-11: 11 25, 1997-12: 9 23, 1998-01: 6 20, 1998-02: 3 17",
      isEndless: true
    ),
    Example(
      start: "1997-09-02T09:00",
      rule: "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH",
      instances: "1997-09: 2 4 9 11 16 18 23 25 30, 1997-10: 2"
    ),
    Example(
      start: "1997-09-02T09:00",
      rule: "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH",
      instances: "1997-09: 2 4 9 11 16 18 23 25 30, 1997-10: 2"
    ),
    Example(
      start: "1997-09-01T09:00",
      rule: "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
      instances: """
        1997-09: 1 3 5 15 17 19 29, 1997-10: 1 3 13 15 17 27 29 31, 1997-11: 10 12 14 24 26 28, 1997-12: 8 10 12 22
        """
    ),
    Example(
      start: "1997-09-02T09:00",
      rule: "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
      instances: "1997-09: 2 4 16 18 30, 1997-10: 2 14 16"
    ),
    Example(
      start: "1997-09-05T09:00",
      rule: "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
      instances:
        "1997-09: 5, 1997-10: 3, 1997-11: 7, 1997-12: 5, 1998-01: 2, 1998-02: 6, 1998-03: 6, 1998-04: 3, 1998-05: 1, 1998-06: 5"
    ),
    Example(
      start: "1997-09-05T09:00",
      rule: "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR",
      instances: "1997-09: 5, 1997-10: 3, 1997-11: 7, 1997-12: 5"
    ),
    Example(
      start: "1997-09-07T09:00",
      rule: "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
      instances: "1997-09: 7 28, 1997-11: 2 30, 1998-01: 4 25, 1998-03: 1 29, 1998-05: 3 31"
    ),
    Example(
      start: "1997-09-22T09:00",
      rule: "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
      instances: "1997-09: 22, 1997-10: 20, 1997-11: 17, 1997-12: 22, 1998-01: 19, 1998-02: 16"
    ),
    Example(
      start: "1997-09-28T09:00",
      rule: "FREQ=MONTHLY;BYMONTHDAY=-3",
      instances: "1997-09: 28, 1997-10: 29, 1997-11: 28, 1997-12: 29, 1998-01: 29, 1998-02: 26",
      isEndless: true
    ),
    Example(
      start: "1997-09-02T09:00",
      rule: "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
      instances: "1997-09: 2 15, 1997-10: 2 15, 1997-11: 2 15, 1997-12: 2 15, 1998-01: 2 15"
    ),
    Example(
      start: "1997-09-30T09:00",
      rule: "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
      instances: "1997-09: 30, 1997-10: 1 31, 1997-11: 1 30, 1997-12: 1 31, 1998-01: 1 31, 1998-02: 1"
    ),
    Example(
      start: "1997-09-10T09:00",
      rule: "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
      instances: "1997-09: 10 11 12 13 14 15, 1999-03: 10 11 12 13"
    ),
    Example(
      start: "1997-09-02T09:00",
      rule: "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
      instances:
        "1997-09: 2 9 16 23 30, 1997-11: 4 11 18 25, 1998-01: 6 13 20 27, 1998-03: 3 10 17 24 31",
      isEndless: true
    ),
    Example(
      start: "1997-06-10T09:00",
      rule: "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
      instances:
        "1997-06: 10, 1997-07: 10, 1998-06: 10, 1998-07: 10, 1999-06: 10, 1999-07: 10, 2000-06: 10, 2000-07: 10, 2001-06: 10, 2001-07: 10"
    ),
    Example(
      start: "1997-03-10T09:00",
      rule: "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
      instances:
        "1997-03: 10, 1999-01: 10, 1999-02: 10, 1999-03: 10, 2001-01: 10, 2001-02: 10, 2001-03: 10, 2003-01: 10, 2003-02: 10, 2003-03: 10"
    ),
    Example(
      start: "1997-01-01T09:00",
      rule: "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
      instances:
        "1997-01: 1, 1997-04: 10, 1997-07: 19, 2000-01: 1, 2000-04: 9, 2000-07: 18, 2003-01: 1, 2003-04: 10, 2003-07: 19, 2006-01: 1"
    ),
    Example(
      start: "1997-05-19T09:00",
      rule: "FREQ=YEARLY;BYDAY=20MO",
      instances: "1997-05: 19, 1998-05: 18, 1999-05: 17",
      isEndless: true
    ),
    Example(
      start: "1997-05-12T09:00",
      rule: "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
      instances: "1997-05: 12, 1998-05: 11, 1999-05: 17",
      isEndless: true
    ),
    Example(
      start: "1997-03-13T09:00",
      rule: "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
      instances: "1997-03: 13 20 27, 1998-03: 5 12 19 26, 1999-03: 4 11 18 25",
      isEndless: true
    ),
    Example(
      start: "1997-06-05T09:00",
      rule: "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
      instances: """
        1997-06: 5 12 19 26, 1997-07: 3 10 17 24 31, 1997-08: 7 14 21 28, 1998-06: 4 11 18 25, \
        1998-07: 2 9 16 23 30, 1998-08: 6 13 20 27, 1999-06: 3 10 17 24, 1999-07: 1 8 15 22 29, 1999-08: 5 12 19 26
        """,
      isEndless: true
    ),
    Example(
      start: "1997-09-02T09:00",
      rule: "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
      instances: "1998-02: 13, 1998-03: 13, 1998-11: 13, 1999-08: 13, 2000-10: 13",
      isEndless: true,
      exclusion: "1997-09-02T09:00:00"
    ),
    Example(
      start: "1997-09-13T09:00",
      rule: "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
      instances:
        "1997-09: 13, 1997-10: 11, 1997-11: 8, 1997-12: 13, 1998-01: 10, 1998-02: 7, 1998-03: 7, 1998-04: 11, 1998-05: 9, 1998-06: 13",
      isEndless: true
    ),
    Example(
      start: "1996-11-05T09:00",
      rule: "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
      instances: "1996-11: 5, 2000-11: 7, 2004-11: 2",
      isEndless: true
    ),
    Example(
      start: "1997-09-04T09:00",
      rule: "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3",
      instances: "1997-09: 4, 1997-10: 7, 1997-11: 6"
    ),
    Example(
      start: "1997-09-29T09:00",
      rule: "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
      instances:
        "1997-09: 29, 1997-10: 30, 1997-11: 27, 1997-12: 30, 1998-01: 29, 1998-02: 26, 1998-03: 30",
      isEndless: true
    ),
    // The RFC has UNTIL=19970902T170000Z, which is 1 PM there, beside instances up to 3 PM.
    Example(
      start: "1997-09-02T09:00",
      rule: "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z",
      instances: "1997-09: 2T09:00 2T12:00 2T15:00"
    ),
    Example(
      start: "1997-09-02T09:00",
      rule: "FREQ=MINUTELY;INTERVAL=15;COUNT=6",
      instances: "1997-09: 2T09:00 2T09:15 2T09:30 2T09:45 2T10:00 2T10:15"
    ),
    Example(
      start: "1997-09-02T09:00",
      rule: "FREQ=MINUTELY;INTERVAL=90;COUNT=4",
      instances: "1997-09: 2T09:00 2T10:30 2T12:00 2T13:30"
    ),
    Example(
      start: "1997-09-02T09:00",
      rule: "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40",
      instances: """
        1997-09: 2T09:00 2T09:20 2T09:40 2T10:00 2T10:20 2T10:40 2T11:00 2T11:20 2T11:40 2T12:00 2T12:20 2T12:40 \
        2T13:00 2T13:20 2T13:40 2T14:00 2T14:20 2T14:40 2T15:00 2T15:20 2T15:40 2T16:00 2T16:20 2T16:40 3T09:00
        """,
      isEndless: true
    ),
    Example(
      start: "1997-09-02T09:00",
      rule: "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16",
      instances: """
        1997-09: 2T09:00 2T09:20 2T09:40 2T10:00 2T10:20 2T10:40 2T11:00 2T11:20 2T11:40 2T12:00 2T12:20 2T12:40 \
        2T13:00 2T13:20 2T13:40 2T14:00 2T14:20 2T14:40 2T15:00 2T15:20 2T15:40 2T16:00 2T16:20 2T16:40 3T09:00
        """,
      isEndless: true
    ),
    Example(
      start: "1997-08-05T09:00",
      rule: "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
      instances: "1997-08: 5 10 19 24"
    ),
    Example(
      start: "1997-08-05T09:00",
      rule: "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
      instances: "1997-08: 5 17 19 31"
    ),
    Example(
      start: "2007-01-15T09:00",
      rule: "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5",
      instances: "2007-01: 15 30, 2007-02: 15, 2007-03: 15 30"
    ),
  ]

  @Test(arguments: examples) func `an example of the RFC gives its instances`(_ example: Example) throws {
    let start = try time("\(example.start):00 America/New_York")
    var set = RecurrenceSet(start: .zoned(start), rules: [try RecurrenceRule(example.rule, isStrict: true)])
    if let exclusion = example.exclusion {
      set.exclusions = [.floating(try #require(LocalDateTime(exclusion)))]
    }
    let expected = try Self.expand(example)
    var ours: [LocalDateTime] = []
    for occurrence in set {
      ours.append(occurrence.local)
      if example.isEndless, ours.count == expected.count { break }
    }
    #expect(ours == expected)
    // The same, entered in the middle.
    let later = set.between(
      instant(of: expected[expected.count / 2]),
      instant(of: expected[expected.count - 1])
    )
    #expect(later.occurrences.map(\.local) == Array(expected[expected.count / 2..<expected.count - 1]))
  }

  private func instant(of local: LocalDateTime) -> Date {
    ZonedDateTime(local: local, zone: Zone("America/New_York") ?? .utc).instant
  }

  /// "1997-09: 2 4-6 8T10:00, 1997-10: 1".
  private static func expand(_ example: Example) throws -> [LocalDateTime] {
    let time = example.start.dropFirst(11)
    var all: [LocalDateTime] = []
    for month in example.instances.split(separator: ",") {
      let parts = month.split(separator: ":", maxSplits: 1)
      let name = parts[0].filter { !$0.isWhitespace }
      for item in parts[1].split(whereSeparator: \.isWhitespace) {
        let day = item.split(separator: "T")
        let ends = day[0].split(separator: "-").compactMap { Int($0) }
        for number in ends[0]...ends[ends.count - 1] {
          let text = "\(name)-\(number < 10 ? "0" : "")\(number)T\(day.count > 1 ? day[1] : time):00"
          all.append(try #require(LocalDateTime(text)))
        }
      }
    }
    return all
  }
}
