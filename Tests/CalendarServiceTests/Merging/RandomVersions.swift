import CalendarCore
import Foundation
import ICalendar
import TestSupport

/// A meeting in the few numbers of which random versions are made.
///
/// Rules are written for the meeting's own time, as every calendar does when one is moved.
struct RandomMeeting {
  enum Rule: CaseIterable { case none, weekly, weeklyOnItsDay, weeklyOnTwoDays, daily, tenDays, untilAutumn }

  var title = "Meeting"
  var details: String?
  var location: String? = "Room 1"
  /// Days after 1 June 2026, a Monday.
  var day = 1
  var hour = 10
  var isAllDay = false
  var rule = Rule.weekly
  /// Weeks after the first meeting that are left out.
  var leftOut: Set<Int> = []
  var guests: [CalendarEventParticipant] = RandomMeeting.people.prefix(3).map { .init(handle: $0) }
  var conference = EventConference(
    providerID: .init(rawValue: "video"),
    status: .success,
    link: "https://a",
    requestID: "a"
  )

  static let people = (1...6).compactMap { EmailAddress("guest\($0)@example.com") }

  var version: EventVersion {
    EventVersion(
      EventContent(
        title: title,
        details: details,
        location: location,
        timing: timing,
        recurrence: recurrence,
        attendees: guests
      ),
      conference
    )
  }

  /// Changes some of it, as one side does.
  ///
  /// Answers change at the provider, and names here, so that it does not matter which side is which.
  func changed(_ random: inout SeededRandom, isProvider: Bool) -> RandomMeeting {
    var new = self
    func happens() -> Bool { random.chance(0.25) }
    if happens() { new.title = random.pick(["Meeting", "Review", "Talk"]) }
    if happens() { new.details = random.pick([nil, "Bring cake", "Bring tea"]) }
    if happens() { new.location = random.pick([nil, "Room 1", "Room 2"]) }
    if happens() { new.day = random.pick([1, 2, 4]) }
    if happens() { new.hour = random.pick([9, 10, 15]) }
    if random.chance(0.1) { new.isAllDay.toggle() }
    if happens() { new.rule = random.pick(Rule.allCases) }
    if happens() { new.leftOut.formSymmetricDifference([random.pick([1, 2, 3])]) }
    if happens() {
      new.conference = random.pick([
        EventConference(),
        EventConference(
          providerID: .init(rawValue: "video"),
          status: .success,
          link: "https://b",
          requestID: "b"
        ),
        EventConference(providerID: .init(rawValue: "link"), status: .success, link: "https://c"),
        EventConference(providerID: .init(rawValue: "link"), status: .success, link: "https://d"),
      ])
    }
    if happens() { new.guests.removeAll { _ in random.chance(0.4) } }
    if happens() {
      let person = random.pick(Self.people)
      if !new.guests.contains(where: { $0.handle == person }) { new.guests.append(.init(handle: person)) }
    }
    for index in new.guests.indices where happens() {
      if isProvider {
        new.guests[index].responseStatus = random.pick([.accepted, .declined])
      } else {
        new.guests[index].displayName = random.pick(["Ann", "Bob"])
      }
    }
    if happens() { new.guests.shuffle(using: &random) }
    return new
  }

  private var start: CalendarDate { CalendarDate(dayNumber: 20_605 + day) }

  var timing: EventTiming {
    if isAllDay { return .allDay(start: start, end: start.adding(days: 1)) }
    return SampleSeries.timing("\(start) \(clock) \(clock.prefix(3))45 Europe/Berlin")
  }

  private var clock: String { "\(hour < 10 ? "0" : "")\(hour):00" }

  private var recurrence: [String] {
    let name = start.weekday.rawValue
    let second = start.adding(days: 3).weekday.rawValue
    let until = isAllDay ? "20261001" : "20261001T\(hour < 12 ? "0" : "")\(hour - 2)0000Z"
    let rule: String? =
      switch rule {
      case .none: nil
      case .weekly: "FREQ=WEEKLY"
      case .weeklyOnItsDay: "FREQ=WEEKLY;BYDAY=\(name)"
      case .weeklyOnTwoDays: "FREQ=WEEKLY;BYDAY=\(second),\(name)"
      case .daily: "FREQ=DAILY"
      case .tenDays: "FREQ=DAILY;COUNT=10"
      case .untilAutumn: "FREQ=WEEKLY;BYDAY=\(name);UNTIL=\(until)"
      }
    guard let rule else { return [] }
    let dates = leftOut.sorted().map { week in
      let day = "\(start.adding(days: week * 7))".replacing("-", with: "")
      return isAllDay
        ? "EXDATE;VALUE=DATE:\(day)" : "EXDATE;TZID=Europe/Berlin:\(day)T\(clock.prefix(2))0000"
    }
    return ["RRULE:\(rule)"] + dates
  }
}

extension EventVersion {
  /// The days on which it takes place, as far as a person would page through them.
  var days: [String] {
    EventSeries(content.timing, repeating: content.recurrence).prefix(60).map {
      "\($0.timing.startInstant(in: .utc).addingTimeInterval(7200))".prefix(10).description
    }
  }

  var guests: Set<EmailAddress> { Set(content.attendees.map(\.handle)) }

  func guest(_ address: EmailAddress) -> CalendarEventParticipant? {
    content.attendees.first { $0.handle == address }
  }

  /// With the guests in one order, since theirs has no meaning.
  var sorted: EventVersion {
    var version = self
    version.content.attendees.sort { $0.handle.normalized < $1.handle.normalized }
    return version
  }
}
