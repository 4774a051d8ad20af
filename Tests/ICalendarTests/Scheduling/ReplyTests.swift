import Foundation
import Testing

@testable import ICalendar

/// The effect of attendees' messages on the organizer's calendar.
@Suite(.timeLimit(.minutes(5))) struct ReplyTests {
  private func group() throws -> ScheduledEvent {
    try ScheduledEvent(from: try message("REQUEST", GroupExample.request))
  }

  private func reply(_ attendee: String, sequence: Int = 0, at hour: Int = 19) throws -> SchedulingMessage {
    try message("REPLY", GroupExample.reply(attendee, sequence: sequence, dtstamp: "19970612T\(hour)0000Z"))
  }

  @Test func `an organizer's event is not changed in the organizer's name by mail`() throws {
    var event = try group()
    let before = event
    let messages = [
      try message("REQUEST", GroupExample.update), try message("CANCEL", GroupExample.cancel),
      try message("CANCEL", GroupExample.removal), try message("DECLINECOUNTER", GroupExample.declineCounter),
    ]
    for message in messages {
      #expect(try event.receive(message, for: "A@example.com") == .ignored(.ownEvent))
    }
    #expect(event == before)
    guard
      case .answered = try event.receive(
        try reply("PARTSTAT=ACCEPTED:mailto:b@example.com"),
        for: "a@example.com"
      )
    else {
      Issue.record("the answer was not taken")
      return
    }
  }

  @Test func `an answer changes nothing but the attendee's PARTSTAT`() throws {
    var event = try group()
    var expected = try #require(event.series)
    let outcome = try event.receive(try reply("PARTSTAT=ACCEPTED:MAILTO:B@Example.com"))
    guard case .answered(let answer) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(answer.address == "B@Example.com")
    #expect(answer.status == .accepted)
    expected.attendees[1].participationStatus = .accepted
    #expect(event.series == expected)
  }

  @Test func `the newest answer counts`() throws {
    var event = try group()
    _ = try event.receive(try reply("PARTSTAT=DECLINED:mailto:b@example.com", at: 20))
    guard case .ignored(.stale) = try event.receive(try reply("PARTSTAT=ACCEPTED:mailto:b@example.com"))
    else {
      Issue.record("an older answer was taken")
      return
    }
    #expect(event.status(of: "b@example.com") == .declined)
    #expect(
      try event.receive(try reply("PARTSTAT=DECLINED:mailto:b@example.com", at: 20)) == .ignored(.duplicate)
    )
  }

  @Test func `an answer to an earlier SEQUENCE is told as such`() throws {
    var event = try group()
    _ = try event.receive(try message("REQUEST", GroupExample.update))
    #expect(
      try event.receive(try reply("PARTSTAT=ACCEPTED:mailto:b@example.com"))
        == .ignored(.earlierSequence(answered: 0, current: 1))
    )
    #expect(event.status(of: "b@example.com") == .needsAction)
    _ = try event.receive(try reply("PARTSTAT=ACCEPTED:mailto:b@example.com", sequence: 1))
    #expect(event.status(of: "b@example.com") == .accepted)
  }

  @Test func `an answer from before the event was rescheduled does not come back with another's`() throws {
    var event = try group()
    _ = try event.receive(try reply("PARTSTAT=ACCEPTED:mailto:b@example.com"))
    var series = try #require(event.series)
    series.sequence = 1
    series.attendees[1].participationStatus = .needsAction
    event = ScheduledEvent(uid: event.uid, components: [series], memory: event.memory)
    _ = try event.receive(try reply("PARTSTAT=DECLINED:mailto:c@example.com", sequence: 1))
    #expect(event.status(of: "b@example.com") == .needsAction)
    #expect(event.status(of: "c@example.com") == .declined)
  }

  @Test func `an answer may lack the organizer or spell it otherwise`() throws {
    var event = try group()
    let lines = GroupExample.reply("PARTSTAT=ACCEPTED:mailto:b@example.com")
    let other = lines.map { $0.replacing("mailto:A@", with: "mailto:x@") }
    guard case .answered = try event.receive(try message("REPLY", other)) else {
      Issue.record("the answer that names another organizer was not taken")
      return
    }
    event = try group()
    guard
      case .answered = try event.receive(try message("REPLY", lines.filter { !$0.hasPrefix("ORGANIZER") }))
    else {
      Issue.record("the answer was not taken")
      return
    }
  }

  @Test func `who was not invited is told and not added`() throws {
    var event = try group()
    let components = event.components
    let outcome = try event.receive(try reply("PARTSTAT=ACCEPTED:mailto:eve@example.com"))
    guard case .crashed(let answer) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(answer.address == "eve@example.com")
    #expect(event.components == components)
  }

  @Test func `of those who were not invited only so many are remembered`() throws {
    var event = try group()
    for number in 0..<150 {
      _ = try event.receive(try reply("PARTSTAT=ACCEPTED:mailto:\(number)@example.com"))
    }
    _ = try event.receive(try reply("PARTSTAT=ACCEPTED:mailto:b@example.com"))
    #expect(event.memory.answers.count == 101)
  }

  @Test func `a sender answers for nobody but whom the answer names`() throws {
    var event = try group()
    let own = "PARTSTAT=ACCEPTED:mailto:b@example.com"
    #expect(try event.receive(try reply(own), from: "eve@example.com") == .ignored(.senderIsNotAttendee))
    let served = "PARTSTAT=TENTATIVE;SENT-BY=\"mailto:pa@example.com\":mailto:b@example.com"
    _ = try event.receive(try reply(served), from: "PA@example.com")
    #expect(event.status(of: "b@example.com") == .tentative)
    #expect(event.series?.attendees[1].user.sentBy == "pa@example.com")
    _ = try event.receive(try reply(own, at: 20), from: "b@example.com")
    #expect(event.status(of: "b@example.com") == .accepted)
  }

  private let delegation = "PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:f@example.com\":mailto:c@example.com"
  private let accepted = "PARTSTAT=ACCEPTED;DELEGATED-FROM=\"mailto:c@example.com\":mailto:f@example.com"

  @Test func `a delegate is invited in the delegator's stead`() throws {
    var event = try group()
    _ = try event.receive(try reply(delegation))
    #expect(event.status(of: "c@example.com") == .delegated)
    #expect(event.status(of: "f@example.com") == .needsAction)
    // RFC 5546 §4.2.6: the delegate names the delegator too.
    let lines = GroupExample.reply(accepted, dtstamp: "19970614T190000Z") + ["ATTENDEE;\(delegation)"]
    guard case .answered(let answer) = try event.receive(try message("REPLY", lines)) else {
      Issue.record("the delegate's answer was not taken")
      return
    }
    #expect(answer.address == "f@example.com")
    #expect(answer.delegators == ["c@example.com"])
    #expect(event.status(of: "f@example.com") == .accepted)
  }

  @Test func `a delegate who answers before the delegation is known is invited with it`() throws {
    var event = try group()
    guard case .crashed = try event.receive(try reply(accepted, at: 20)) else {
      Issue.record("nobody had delegated")
      return
    }
    _ = try event.receive(try reply(delegation))
    #expect(event.status(of: "f@example.com") == .accepted)
  }

  @Test func `a delegation that is taken back takes the delegate along`() throws {
    var event = try group()
    _ = try event.receive(try reply(delegation))
    _ = try event.receive(try reply("PARTSTAT=ACCEPTED:mailto:c@example.com", at: 20))
    #expect(event.status(of: "c@example.com") == .accepted)
    #expect(event.status(of: "f@example.com") == nil)
    #expect(event.series?.attendees[2].otherParameters == [])
  }

  @Test func `an answer for one instance is of that one only`() throws {
    var event = try ScheduledEvent(from: try message("REQUEST", SeriesExample.request))
    let lines = [
      "UID:guid-1@example.com", "ORGANIZER:mailto:a@example.com",
      "ATTENDEE;PARTSTAT=DECLINED:mailto:c@example.com",
      "RECURRENCE-ID:19970801T210000Z", "SEQUENCE:0", "DTSTAMP:19970612T190000Z",
    ]
    _ = try event.receive(try message("REPLY", lines))
    let august = try instance("1997-08-01T21:00:00 UTC")
    #expect(event.status(of: "c@example.com", at: august) == .declined)
    #expect(event.status(of: "c@example.com") == .needsAction)
    #expect(event.overrides.count == 1)
    #expect(event.overrides.first?.timing.startInstant(in: .utc) == (try utc("1997-08-01T21:00:00")))
    // What is then answered for all holds for that one too.
    let all = lines.filter { !$0.hasPrefix("RECURRENCE-ID") }.map {
      $0.replacing("DECLINED", with: "ACCEPTED").replacing("19970612", with: "19970613")
    }
    _ = try event.receive(try message("REPLY", all))
    #expect(event.status(of: "c@example.com", at: august) == .accepted)
    let before = lines.map { $0.replacing("RECURRENCE-ID:1997", with: "RECURRENCE-ID:1996") }
    #expect(try event.receive(try message("REPLY", before)) == .ignored(.unknownInstance))
  }

  @Test func `an answer to nothing is ignored`() throws {
    var event = ScheduledEvent(uid: "calsrv.example.com-873970198738777@example.com")
    let own = try reply("PARTSTAT=ACCEPTED:mailto:b@example.com")
    #expect(try event.receive(own) == .ignored(.unknownEvent))
    var other = ScheduledEvent(uid: "2@example.com")
    #expect(try other.receive(own) == .ignored(.otherUID))
    event = try group()
    let nobody = GroupExample.reply("").filter { !$0.hasPrefix("ATTENDEE") }
    #expect(try event.receive(try message("REPLY", nobody)) == .ignored(.noAttendee))
  }

  @Test func `a proposal is told and changes nothing`() throws {
    var event = try group()
    let before = event
    let counter = try message("COUNTER", GroupExample.counter)
    guard case .countered(let proposal, let comment) = try event.receive(counter, from: "b@example.com")
    else {
      Issue.record("there was no proposal")
      return
    }
    #expect(proposal.location == "Green Conference Room")
    #expect(comment?.hasPrefix("This time works much better") == true)
    #expect(event == before)
    #expect(try event.receive(counter, from: "eve@example.com") == .ignored(.notInvited))
    _ = try event.receive(try message("REQUEST", GroupExample.update))
    #expect(try event.receive(counter) == .ignored(.earlierSequence(answered: 0, current: 1)))
  }

  @Test func `a proposal for one instance is told with it`() throws {
    var event = try ScheduledEvent(from: try message("REQUEST", SeriesExample.request))
    guard case .countered(let proposal, _) = try event.receive(try message("COUNTER", SeriesExample.counter))
    else {
      Issue.record("there was no proposal")
      return
    }
    #expect(proposal.recurrenceID == (try instance("1997-07-01T21:00:00 UTC")))
  }

  @Test func `who asks for the newest version is told, when invited`() throws {
    var event = try group()
    let before = event
    let lines = [GroupExample.uid, "ORGANIZER:mailto:a@example.com", "DTSTAMP:19970612T190000Z"]
    let own = try message("REFRESH", lines + ["ATTENDEE:mailto:b@example.com"])
    #expect(try event.receive(own) == .refreshRequested(by: CalendarUser(address: "b@example.com")))
    let all = try message(
      "REFRESH",
      lines + ["ATTENDEE:mailto:b@example.com", "ATTENDEE:mailto:c@example.com"]
    )
    #expect(try event.receive(all) == .ignored(.noAttendee))
    #expect(
      try event.receive(all, from: "c@example.com")
        == .refreshRequested(by: CalendarUser(address: "c@example.com"))
    )
    let eve = try message("REFRESH", lines + ["ATTENDEE:mailto:eve@example.com"])
    #expect(try event.receive(eve) == .ignored(.notInvited))
    #expect(event == before)
  }

  /// Found by the fuzzer: who is named as their own delegator left the list when they answered.
  @Test func `a guest whom an invitation names as their own delegator stays`() throws {
    let own = #"ATTENDEE;RSVP=TRUE;DELEGATED-FROM="mailto:b@example.com":mailto:B@example.com"#
    let lines = GroupExample.request.map { $0.hasSuffix("CN=B:mailto:b@example.com") ? own : $0 }
    try #require(lines != GroupExample.request)
    var event = try ScheduledEvent(from: try message("REQUEST", lines))
    let answer = try event.receive(
      try message("REPLY", GroupExample.reply("PARTSTAT=ACCEPTED:mailto:b@example.com"))
    )
    guard case .answered = answer else {
      Issue.record("\(answer)")
      return
    }
    #expect(event.status(of: "b@example.com") == .accepted)
  }

  /// Found by the fuzzer: the answer was the word that the invitation had.
  @Test(arguments: ["X-OTHER", "", "MAYBE"])
  func `an answer replaces a status that is not known`(word: String) throws {
    let lines = GroupExample.request.map {
      $0.hasSuffix("CN=B:mailto:b@example.com") ? "ATTENDEE;PARTSTAT=\(word):mailto:b@example.com" : $0
    }
    let invitation = try ScheduledEvent(from: try message("REQUEST", lines))
    let series = try #require(invitation.series)
    let reply = try SchedulingMessage.reply(
      to: series,
      from: "b@example.com",
      .accepted,
      at: series.dtstamp + 60
    )
    #expect(reply.events.first?.property("ATTENDEE")?.parameter("PARTSTAT") == "ACCEPTED")
    var event = invitation
    _ = try event.receive(reply, for: "a@example.com")
    #expect(event.status(of: "b@example.com") == .accepted)
    let written = CalendarObject(events: event.components).text
    #expect(!written.contains("PARTSTAT=\(word):"))
  }
}
