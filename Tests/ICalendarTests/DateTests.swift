import Foundation
import ICalendar
import Testing

@Suite(.timeLimit(.minutes(5))) struct DateTests {
  @Test func `a day number leads back to its date over all centuries`() throws {
    for number in stride(from: -719_162, through: 2_932_896, by: 97) {
      let date = CalendarDate(dayNumber: number)
      #expect(date.dayNumber == number)
      #expect(CalendarDate(date.description) == date)
    }
  }

  @Test(arguments: [
    ("1970-01-01", 0, Weekday.thursday), ("2000-02-29", 11_016, .tuesday), ("1969-12-31", -1, .wednesday),
    ("2026-11-22", 20_779, .sunday), ("9999-12-31", 2_932_896, .friday), ("0001-01-01", -719_162, .monday),
  ])
  func `dates have the day number and weekday of the calendar`(text: String, number: Int, weekday: Weekday)
    throws
  {
    let date = try date(text)
    #expect(date.dayNumber == number)
    #expect(date.weekday == weekday)
    #expect(CalendarDate(dayNumber: number) == date)
  }

  @Test(arguments: [
    "2026-02-29", "1900-02-29", "2026-04-31", "2026-00-10", "2026-13-01", "2026-1-1", "0000-01-01",
    "10000-01-01",
    "2026-01-28T10:00:00", " 2026-01-28", "2026-01-２8", "", "2026/01/28", "-001-01-01",
  ])
  func `days that do not exist and other forms are refused`(text: String) {
    #expect(CalendarDate(text) == nil)
  }

  @Test func `adding days crosses months and stops at the edges of the calendar`() throws {
    #expect(try date("2024-02-28").adding(days: 2) == date("2024-03-01"))
    #expect(try date("2026-01-01").adding(days: -1) == date("2025-12-31"))
    #expect(try date("9999-12-30").adding(days: .max) == date("9999-12-31"))
    #expect(try date("0001-01-02").adding(days: .min) == date("0001-01-01"))
  }

  @Test func `a wall clock adds seconds over midnight in both directions`() throws {
    let clock = try #require(LocalDateTime("2026-01-28T23:59:59"))
    #expect(clock.adding(seconds: 1).description == "2026-01-29T00:00:00")
    #expect(clock.adding(seconds: -86_400).description == "2026-01-27T23:59:59")
    #expect(LocalDateTime("1969-12-31T23:59:59")?.adding(seconds: -1).description == "1969-12-31T23:59:58")
    #expect(clock.adding(seconds: .max).description == "9999-12-31T23:59:59")
  }

  @Test(arguments: ["2026-01-28T24:00:00", "2026-01-28T10:60:00", "2026-01-28T10:00", "2026-01-28 10:00:00"])
  func `wall clocks out of range are refused`(text: String) {
    #expect(LocalDateTime(text) == nil)
  }

  @Test func `dates and times are coded as their text`() throws {
    let values = [try date("2026-01-28")]
    #expect(String(decoding: try JSONEncoder().encode(values), as: UTF8.self) == #"["2026-01-28"]"#)
    let clocks = try JSONDecoder().decode([LocalDateTime].self, from: Data(#"["2026-01-28T10:00:00"]"#.utf8))
    #expect(clocks.first?.hour == 10)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([CalendarDate].self, from: Data(#"["2026-02-30"]"#.utf8))
    }
  }
}
