import Testing

@testable import ICalendar

@Suite(.timeLimit(.minutes(5))) struct RecurrenceRuleTests {
  @Test(arguments: [
    ("freq=weekly;byday=we,mo;", "FREQ=WEEKLY;BYDAY=MO,WE"),
    ("FREQ=MONTHLY;BYDAY=+1MO,-1FR", "FREQ=MONTHLY;BYDAY=-1FR,1MO"),
    ("BYMONTHDAY=31,1,15,1;FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=1,15,31"),
    (" FREQ = DAILY ; INTERVAL = 02 ;; ", "FREQ=DAILY;INTERVAL=2"),
    ("FREQ=DAILY;INTERVAL=1;WKST=MO", "FREQ=DAILY"),
    ("FREQ=WEEKLY;WKST=SU;COUNT=3", "FREQ=WEEKLY;COUNT=3;WKST=SU"),
    ("FREQ=DAILY;UNTIL=20261224", "FREQ=DAILY;UNTIL=20261224"),
    ("FREQ=DAILY;UNTIL=20261224T000000Z", "FREQ=DAILY;UNTIL=20261224T000000Z"),
    ("FREQ=DAILY;UNTIL=20261224T000000", "FREQ=DAILY;UNTIL=20261224T000000"),
    ("FREQ=DAILY;UNTIL=2026-12-24T10:00:00Z", "FREQ=DAILY;UNTIL=20261224T100000Z"),
    ("FREQ=DAILY;X-WHO=KNOWS;RSCALE=GREGORIAN;SKIP=OMIT", "RSCALE=GREGORIAN;FREQ=DAILY"),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTH=3", "FREQ=YEARLY;BYMONTH=3"),
    ("FREQ=WEEKLY;BYDAY=1MO,,TU", "FREQ=WEEKLY;BYDAY=TU,1MO"),
  ])
  func `an untidy rule is read and written in order`(text: String, written: String) throws {
    #expect(try RecurrenceRule(text).description == written)
    #expect(try RecurrenceRule(written) == RecurrenceRule(text))
  }

  @Test(
    arguments: [
      ("", .malformed("")),
      (";;", .malformed("")),
      ("DAILY", .malformed("DAILY")),
      ("INTERVAL=2", .missingFrequency),
      ("FREQ=OFTEN", .invalidValue(.frequency, "OFTEN")),
      ("FREQ=DAILY;INTERVAL=0", .outOfRange(.interval, 0)),
      ("FREQ=DAILY;INTERVAL=-1", .outOfRange(.interval, -1)),
      ("FREQ=DAILY;COUNT=0", .outOfRange(.count, 0)),
      ("FREQ=DAILY;COUNT=99999999999999999999", .invalidValue(.count, "99999999999999999999")),
      ("FREQ=DAILY;COUNT=2147483648", .outOfRange(.count, 2_147_483_648)),
      ("FREQ=DAILY;UNTIL=Christmas", .invalidValue(.until, "CHRISTMAS")),
      ("FREQ=DAILY;BYHOUR=24", .outOfRange(.byHour, 24)),
      ("FREQ=DAILY;BYMINUTE=60", .outOfRange(.byMinute, 60)),
      ("FREQ=DAILY;BYSECOND=61", .outOfRange(.bySecond, 61)),
      ("FREQ=MONTHLY;BYMONTHDAY=0", .outOfRange(.byMonthDay, 0)),
      ("FREQ=MONTHLY;BYMONTHDAY=-32", .outOfRange(.byMonthDay, -32)),
      ("FREQ=YEARLY;BYYEARDAY=367", .outOfRange(.byYearDay, 367)),
      ("FREQ=YEARLY;BYWEEKNO=54", .outOfRange(.byWeekNumber, 54)),
      ("FREQ=YEARLY;BYMONTH=13", .outOfRange(.byMonth, 13)),
      ("FREQ=YEARLY;BYMONTH=0", .outOfRange(.byMonth, 0)),
      ("FREQ=YEARLY;BYDAY=54MO", .outOfRange(.byDay, 54)),
      ("FREQ=YEARLY;BYDAY=0MO", .outOfRange(.byDay, 0)),
      ("FREQ=YEARLY;BYDAY=XX", .invalidValue(.byDay, "XX")),
      ("FREQ=YEARLY;BYDAY=1-MO", .invalidValue(.byDay, "1-MO")),
      ("FREQ=YEARLY;BYMONTH=1;BYSETPOS=0", .outOfRange(.bySetPosition, 0)),
      ("FREQ=WEEKLY;WKST=1MO", .invalidValue(.weekStart, "1MO")),
      ("FREQ=YEARLY;RSCALE=MAYAN", .unsupportedCalendar("RSCALE=MAYAN")),
    ] as [(String, RecurrenceRuleError)]
  )
  func `a rule without a meaning is refused by its part`(text: String, error: RecurrenceRuleError) {
    #expect(throws: error) { try RecurrenceRule(text) }
    #expect(!error.description.isEmpty)
  }

  @Test(
    arguments: [
      ("FREQ=DAILY;", .malformed("")),
      ("FREQ=DAILY;COUNT=3;UNTIL=20261224", .countAndUntil),
      ("FREQ=DAILY;X-WHO=KNOWS", .unknownPart("X-WHO")),
      ("FREQ=DAILY;FREQ=DAILY", .repeatedPart(.frequency)),
      ("FREQ=DAILY;UNTIL=2026-12-24", .invalidValue(.until, "2026-12-24")),
      ("FREQ=DAILY;BYDAY=MO,,TU", .invalidValue(.byDay, "")),
      ("FREQ=MONTHLY;BYWEEKNO=3", .notAllowed(.byWeekNumber, .monthly)),
      ("FREQ=WEEKLY;BYMONTHDAY=3", .notAllowed(.byMonthDay, .weekly)),
      ("FREQ=DAILY;BYYEARDAY=3", .notAllowed(.byYearDay, .daily)),
      ("FREQ=WEEKLY;BYDAY=1MO", .notAllowed(.byDay, .weekly)),
      ("FREQ=YEARLY;BYWEEKNO=3;BYDAY=1MO", .notAllowed(.byDay, .yearly)),
      ("FREQ=MONTHLY;BYSETPOS=1", .setPositionAlone),
    ] as [(String, RecurrenceRuleError)]
  )
  func `strict reading names what tolerant reading forgives`(text: String, error: RecurrenceRuleError) throws
  {
    #expect(throws: error) { try RecurrenceRule(text, isStrict: true) }
    _ = try? RecurrenceRule(text)
  }

  @Test func `random rules are the same after writing and reading`() throws {
    var random = RandomRule(seed: 3)
    for _ in 0..<2000 {
      let rule = try random.rule()
      #expect(try RecurrenceRule(rule.description, isStrict: true) == rule)
    }
  }

  @Test func `an UNTIL in a zone is refused, since the rule could not be written`() throws {
    let until = try time("2026-12-24T10:00:00 Europe/Berlin")
    #expect(throws: RecurrenceRuleError.self) { try RecurrenceRule(.daily, end: .until(.zoned(until))) }
  }
}
