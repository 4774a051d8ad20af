import CalendarCore
import CalendarService
import Foundation
import ICalendar
import Testing

@Suite(.timeLimit(.minutes(5))) struct EventMergeTests {
  static let base = RandomMeeting().version

  func merge(
    _ base: EventVersion = base,
    mine: (inout EventVersion) -> Void,
    theirs: (inout EventVersion) -> Void
  ) -> EventMerge {
    var (my, their) = (base, base)
    mine(&my)
    theirs(&their)
    return EventMerge(base: base, mine: my, theirs: their)
  }

  @Test func `two people who change two things keep both`() {
    let it = merge {
      $0.content.title = "Review"
    } theirs: {
      $0.content.location = "Room 2"
    }
    let merged = it.merged { _ in .theirs }
    #expect(it.contested.isEmpty)
    #expect(merged.content.title == "Review" && merged.content.location == "Room 2")
  }

  @Test func `two people who change the same thing are told which`() {
    let it = merge {
      $0.content.title = "Review"
      $0.content.details = "Bring cake"
    } theirs: {
      $0.content.title = "Talk"
      $0.content.details = "Bring cake"
    }
    #expect(it.contested == [.title])
    #expect(it.merged { _ in .mine }.content.title == "Review")
    #expect(it.merged { _ in .theirs }.content.title == "Talk")
    #expect(it.merged { _ in .mine }.content.details == "Bring cake")
  }

  @Test func `no text and an empty one are the same`() {
    let it = merge {
      $0.content.details = ""
    } theirs: {
      $0.content.details = "Bring tea"
    }
    #expect(it.contested.isEmpty)
    #expect(it.merged { _ in .mine }.content.details == "Bring tea")
    var empty = Self.base
    empty.content.details = ""
    #expect(EventMerge.difference(from: Self.base, to: empty).isEmpty)
  }

  @Test(arguments: [
    ("RRULE:FREQ=WEEKLY", "RRULE:FREQ=WEEKLY;BYDAY=TU;INTERVAL=1;WKST=SU"),
    ("RRULE:FREQ=WEEKLY;BYDAY=TU,TH", "RRULE:freq=weekly;byday=th,tu"),
    ("RRULE:FREQ=MONTHLY", "RRULE:FREQ=MONTHLY;BYMONTHDAY=2"),
    ("RRULE:FREQ=YEARLY", "RRULE:FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=2"),
    ("RRULE:FREQ=DAILY;UNTIL=20260630T080000Z", "RRULE:FREQ=DAILY;UNTIL=20260630T215959Z"),
    ("RRULE:FREQ=DAILY;UNTIL=20260630", "RRULE:FREQ=DAILY;BYHOUR=10;UNTIL=20260630T120000"),
    ("EXDATE;TZID=Europe/Berlin:20260609T100000,20260616T100000", "EXDATE:20260616T080000Z,20260609T080000Z"),
    ("RDATE:20260610T080000Z", "RDATE;TZID=America/New_York:20260610T040000"),
  ])
  func `recurrence is compared by what it means`(one: String, other: String) {
    var (mine, theirs) = (Self.base, Self.base)
    mine.content.recurrence = ["RRULE:FREQ=DAILY;INTERVAL=3", one]
    theirs.content.recurrence = [other, "RRULE:FREQ=DAILY;INTERVAL=3"]
    #expect(EventMerge.difference(from: mine, to: theirs).isEmpty)
    #expect(EventMerge(base: Self.base, mine: mine, theirs: theirs).contested.isEmpty)
  }

  @Test(arguments: [
    ("RRULE:FREQ=WEEKLY", "RRULE:FREQ=WEEKLY;BYDAY=WE"),
    ("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU;WKST=TU"),
    ("RRULE:FREQ=DAILY;UNTIL=20260630T080000Z", "RRULE:FREQ=DAILY;UNTIL=20260630T075959Z"),
    ("RRULE:FREQ=DAILY;COUNT=3", "RRULE:FREQ=DAILY;COUNT=4"),
    ("RDATE:20260610T080000Z", "EXDATE:20260610T080000Z"),
  ])
  func `recurrence that means something else is told`(one: String, other: String) {
    var base = Self.base
    base.content.recurrence = ["RRULE:FREQ=DAILY;INTERVAL=5"]
    var (mine, theirs) = (base, base)
    mine.content.recurrence = [one]
    theirs.content.recurrence = [other]
    #expect(EventMerge.difference(from: mine, to: theirs) == [.recurrence])
    #expect(EventMerge(base: base, mine: mine, theirs: theirs).contested == [.recurrence])
  }

  @Test(arguments: EventMerge.Side.allCases)
  func `a series that one side ends and the other takes a date out of has both`(rules: EventMerge.Side) {
    var base = Self.base
    base.content.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=8", "EXDATE:20260609T080000Z"]
    func end(_ version: inout EventVersion) { version.content.recurrence[0] = "RRULE:FREQ=WEEKLY;COUNT=4" }
    func exclude(_ version: inout EventVersion) {
      version.content.recurrence.append("EXDATE:20260616T080000Z")
    }
    let it =
      rules == .mine ? merge(base, mine: end, theirs: exclude) : merge(base, mine: exclude, theirs: end)
    #expect(it.contested.isEmpty)
    for winner in EventMerge.Side.allCases {
      #expect(
        it.merged { _ in winner }.content.recurrence == [
          "RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=TU",
          "EXDATE;TZID=Europe/Berlin:20260609T100000,20260616T100000",
        ]
      )
    }
  }

  @Test func `a date that one side excludes follows the series to the other's time`() {
    var base = Self.base
    base.content.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=8"]
    let it = merge(base) {
      $0.content.timing = SampleSeries.timing("2026-06-02 14:00 15:00 Europe/Berlin")
      $0.content.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=4"]
    } theirs: {
      $0.content.recurrence.append("EXDATE:20260609T080000Z")
    }
    #expect(it.contested.isEmpty)
    #expect(
      it.merged { _ in .mine }.content.recurrence == [
        "RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=TU", "EXDATE;TZID=Europe/Berlin:20260609T140000",
      ]
    )
  }

  @Test func `time is compared by instant and zone`() {
    var other = Self.base
    func isSame(_ one: String, _ two: String) -> Bool {
      var (old, new) = (Self.base, Self.base)
      old.content.timing = SampleSeries.timing(one)
      new.content.timing = SampleSeries.timing(two)
      return EventMerge.difference(from: old, to: new) == []
    }
    other.content.timing = SampleSeries.timing("2026-06-02 04:00 04:45 America/New_York")
    #expect(EventMerge.difference(from: Self.base, to: other).contains(.timing))
    #expect(isSame("2026-06-02 10:00 11:00 UTC", "2026-06-02 10:00 11:00 Etc/UTC"))
    #expect(!isSame("2026-06-02 10:00 11:00 Europe/Berlin", "2026-06-02 10:00 11:30 Europe/Berlin"))
    #expect(!isSame("2026-06-02 2026-06-03", "2026-06-02 2026-06-04"))
  }

  // MARK: Time and recurrence together

  @Test func `a meeting that is moved an hour takes what the other side left out along`() {
    let it = merge {
      $0.content.timing = SampleSeries.timing("2026-06-02 11:00 11:45 Europe/Berlin")
    } theirs: {
      $0.content.recurrence = ["RRULE:FREQ=WEEKLY;UNTIL=20260630T080000Z", "EXDATE:20260609T080000Z"]
    }
    let merged = it.merged { _ in .mine }
    #expect(it.contested.isEmpty)
    #expect(merged.days == ["2026-06-02", "2026-06-16", "2026-06-23", "2026-06-30"])
    #expect(merged.content.recurrence.contains("EXDATE;TZID=Europe/Berlin:20260609T110000"))
    #expect(EventMerge.difference(from: it.theirs, to: merged) == [.timing, .recurrence])
  }

  @Test func `a rule that leaves its day to the start goes where the meeting goes`() {
    let it = merge {
      $0.content.timing = SampleSeries.timing("2026-06-03 10:00 10:45 Europe/Berlin")
    } theirs: {
      $0.content.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=2"]
    }
    #expect(it.contested.isEmpty)
    #expect(it.merged { _ in .mine }.days == ["2026-06-03", "2026-06-10"])
  }

  @Test func `a day that the other side's rule does not have is contested together with the rule`() {
    let it = merge {
      $0.content.timing = SampleSeries.timing("2026-06-03 10:00 10:45 Europe/Berlin")
    } theirs: {
      $0.content.recurrence = ["RRULE:FREQ=WEEKLY;BYDAY=TU,TH"]
    }
    #expect(it.contested == [.timing, .recurrence])
    let mine = it.merged { $0 == .timing ? .mine : .theirs }
    #expect(mine.content.timing == it.mine.content.timing)
    #expect(mine.content.recurrence == it.mine.content.recurrence)
    let theirs = it.merged { $0 == .timing ? .theirs : .mine }
    #expect(theirs.content.timing == it.theirs.content.timing)
    #expect(theirs.content.recurrence == it.theirs.content.recurrence)
  }

  @Test func `a meeting that takes whole days now has dates without a time`() {
    let it = merge {
      $0.content.timing = SampleSeries.timing("2026-06-02 2026-06-03")
    } theirs: {
      $0.content.recurrence = ["RRULE:FREQ=WEEKLY;UNTIL=20260630T080000Z", "EXDATE:20260609T080000Z"]
    }
    let merged = it.merged { _ in .theirs }
    #expect(it.contested.isEmpty)
    #expect(
      merged.content.recurrence
        == ["RRULE:FREQ=WEEKLY;UNTIL=20260630;BYDAY=TU", "EXDATE;VALUE=DATE:20260609"]
    )
  }

  // MARK: Guests

  @Test func `guests are merged one by one`() throws {
    let people = RandomMeeting.people
    let it = merge {
      $0.content.attendees.removeAll { $0.handle == people[0] }
      $0.content.attendees[0].displayName = "Ann"
      $0.content.attendees.append(.init(handle: people[4]))
    } theirs: {
      $0.content.attendees[0].responseStatus = .accepted
      $0.content.attendees[1].responseStatus = .declined
      $0.content.attendees[1].displayName = "A. Miller"
      $0.content.attendees.removeAll { $0.handle == people[2] }
      $0.content.attendees.append(.init(handle: people[5]))
    }
    let merged = it.merged { _ in .theirs }.content.attendees
    #expect(it.contested.isEmpty)
    // The first was removed, whatever they answered.
    #expect(merged.map(\.handle) == [people[1], people[5], people[4]])
    #expect(merged[0].displayName == "Ann" && merged[0].responseStatus == .declined)
  }

  @Test func `an address in capitals is the same guest`() throws {
    let it = merge {
      $0.content.attendees[0].responseStatus = .tentative
    } theirs: { version in
      guard let handle = EmailAddress("GUEST1@Example.com") else { return }
      version.content.attendees[0] = .init(handle: handle, displayName: "Ann")
    }
    let merged = it.merged { _ in .theirs }.content.attendees
    #expect(merged.count == 3)
    #expect(merged[0].displayName == "Ann" && merged[0].responseStatus == .tentative)
  }

  @Test func `a guest whom both sides asked is asked once`() {
    let person = RandomMeeting.people[5]
    let it = merge {
      $0.content.attendees.append(.init(handle: person, displayName: "Ann"))
    } theirs: {
      $0.content.attendees.append(.init(handle: person, responseStatus: .accepted))
    }
    let merged = it.merged { _ in .mine }.content.attendees
    #expect(merged.count == 4)
    #expect(merged.last == .init(handle: person, displayName: "Ann", responseStatus: .accepted))
  }

  // MARK: Conferences

  @Test func `how far the conference got is what the provider says`() {
    let it = merge {
      $0.content.title = "Review"
    } theirs: {
      $0.conference.status = .failure
      $0.conference.link = nil
    }
    #expect(it.merged { _ in .mine }.conference == it.theirs.conference)
  }

  @Test func `a link that only one side knows is not lost`() {
    var base = Self.base
    base.conference.status = .pending
    base.conference.link = nil
    let it = merge(base) {
      ($0.conference.status, $0.conference.link) = (.success, "https://a")
    } theirs: {
      $0.conference.status = .failure
    }
    #expect(it.contested.isEmpty)
    #expect(it.merged { _ in .theirs }.conference.link == "https://a")
    #expect(EventMerge.difference(from: it.theirs, to: it.mine) == [.conference])
  }

  @Test func `another conference on each side is contested`() {
    let it = merge {
      $0.conference = EventConference()
    } theirs: {
      $0.conference.requestID = "b"
      $0.conference.link = "https://b"
    }
    #expect(it.contested == [.conference])
    #expect(it.merged { _ in .mine }.conference == EventConference())
    #expect(it.merged { _ in .theirs }.conference.link == "https://b")
  }

  // MARK: Strategies

  @Test func `a strategy says who wins, or that a person must`() {
    let (early, late) = (Date(timeIntervalSince1970: 1), Date(timeIntervalSince1970: 2))
    for (mine, theirs) in [(early, late as Date?), (late, early), (early, nil)] {
      func winner(_ strategy: ConflictResolutionStrategy) -> EventMerge.Side? {
        strategy.winner(mineEditedAt: mine, theirsChangedAt: theirs)
      }
      #expect(winner(.crmWins) == .mine)
      #expect(winner(.providerWins) == .theirs)
      #expect(winner(.manual) == nil)
      #expect(winner(.merge) == (theirs == late ? .theirs : .mine))
      #expect(winner(.lastWriteWins) == winner(.merge))
    }
    #expect(ConflictResolutionStrategy.merge.winner(mineEditedAt: late, theirsChangedAt: late) == .mine)
  }
}
