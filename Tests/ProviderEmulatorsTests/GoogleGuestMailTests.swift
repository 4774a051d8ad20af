import Foundation
import JSONModel
import Testing

@testable import ProviderEmulators

/// Who hears what of which change.
@Suite(.timeLimit(.minutes(5))) struct GoogleGuestMailTests {
  private static func summary(_ mails: [(to: String, calendar: String)]) -> [String] {
    mails.map { mail in
      let kind = mail.calendar.contains("METHOD:CANCEL\r\n") ? "CANCEL" : "REQUEST"
      return "\(mail.to.prefix { $0 != "@" }) \(kind)"
    }.sorted()
  }

  @Test func `a list without a guest removes that guest, and each hears what concerns them`() throws {
    let probe = try Probe()
    probe.makeSeries(["attendees": Probe.guests("stay", "leave")])
    let path = "\(Probe.events)/series?sendUpdates=all"
    _ = probe.send("PATCH", path, ["attendees": Probe.guests("stay", "come")])
    #expect(Self.summary(probe.mails(after: 0)) == ["come REQUEST", "leave CANCEL", "stay REQUEST"])
    let before = probe.sink.messages.count
    _ = probe.send("PATCH", path, ["colorId": "3"])
    _ = probe.send("PATCH", path, ["attendees": Probe.guests("stay", "come")])
    #expect(probe.sink.messages.count == before)
  }

  @Test func `an event without length is told without an end`() throws {
    let probe = try Probe()
    let instant: JSON = ["dateTime": "2027-03-16T10:00:00Z"]
    let event: JSON = ["start": instant, "end": instant, "attendees": Probe.guests("one")]
    #expect(probe.send("POST", "\(Probe.events)?sendUpdates=all", event).json["end"] != nil)
    let calendar = try #require(probe.mails(after: 0).first).calendar
    #expect(calendar.contains("\r\nDTSTART:20270316T100000Z\r\n") && !calendar.contains("DTEND"))
  }

  @Test func `of one instance's guests each hears about that instance`() throws {
    let probe = try Probe()
    let uid = try #require(
      probe.makeSeries(["attendees": Probe.guests("stay", "leave")])["iCalUID"]?.string
    )
    let path = Probe.instance(2) + "?sendUpdates=all"
    _ = probe.send(
      "PATCH",
      path,
      [
        "attendees": Probe.guests("stay", "come"), "start": ["dateTime": "2027-03-16T10:00:00"],
        "end": ["dateTime": "2027-03-16T11:00:00"],
      ]
    )
    let mails = probe.mails(after: 0)
    #expect(Self.summary(mails) == ["come REQUEST", "leave CANCEL", "stay REQUEST"])
    for mail in mails {
      #expect(mail.calendar.contains("\r\nUID:\(uid)\r\n"))
      #expect(mail.calendar.contains("\r\nRECURRENCE-ID;TZID=America/New_York:20270315T100000\r\n"))
      #expect(mail.calendar.contains("\r\nDTSTART;TZID=America/New_York:20270316T100000\r\n"))
      #expect(mail.calendar.contains("\r\nSEQUENCE:1\r\n"))
      #expect(mail.calendar.contains("BEGIN:VTIMEZONE\r\nTZID:America/New_York\r\n"))
      #expect(!mail.calendar.contains("RRULE"))
    }
    // The other instances still have their guests.
    let guests = probe.send("GET", Probe.instance(1)).json["attendees"]?.array ?? []
    #expect(guests.map { $0["email"] } == ["stay@example.org", "leave@example.org"])
  }

  @Test func `deleting an instance cancels that instance, and deleting a series cancels it once`() throws {
    let probe = try Probe()
    probe.makeSeries(["attendees": Probe.guests("one", "two")])
    _ = probe.send("PATCH", Probe.instance(0), ["attendees": Probe.guests("one", "extra")])
    _ = probe.send("DELETE", Probe.instance(1) + "?sendUpdates=all")
    let instance = probe.mails(after: 0)
    #expect(Self.summary(instance) == ["one CANCEL", "two CANCEL"])
    #expect(
      instance.allSatisfy {
        $0.calendar.contains("\r\nRECURRENCE-ID;TZID=America/New_York:20270308T100000\r\n")
      }
    )
    #expect(instance.allSatisfy { $0.calendar.contains("\r\nSTATUS:CANCELLED\r\n") })
    #expect(instance.allSatisfy { $0.calendar.contains("\r\nSEQUENCE:1\r\n") })

    _ = probe.send("PATCH", "\(Probe.events)/series?sendUpdates=all", ["location": "Room 2"])
    let update = probe.mails(after: 2)
    #expect(Self.summary(update) == ["one REQUEST", "two REQUEST"])
    #expect(
      update.allSatisfy { $0.calendar.contains("\r\nEXDATE;TZID=America/New_York:20270308T100000\r\n") }
    )

    _ = probe.send("DELETE", "\(Probe.events)/series?sendUpdates=all")
    let series = probe.mails(after: 4)
    #expect(Self.summary(series) == ["extra CANCEL", "one CANCEL", "two CANCEL"])
    for mail in series { #expect(mail.calendar.contains("RECURRENCE-ID") == mail.to.hasPrefix("extra")) }
  }

  @Test func `a guest of an instance that goes with a change of its series hears of it`() throws {
    let probe = try Probe()
    probe.makeSeries(["attendees": Probe.guests("one")])
    _ = probe.send("PATCH", Probe.instance(3), ["attendees": Probe.guests("one", "extra")])
    let cut: JSON = ["recurrence": ["RRULE:FREQ=WEEKLY;UNTIL=20270316T000000Z"]]
    _ = probe.send("PATCH", "\(Probe.events)/series?sendUpdates=all", cut)
    #expect(Self.summary(probe.mails(after: 0)) == ["extra CANCEL", "one REQUEST"])
  }

  @Test func `an all-day instance is canceled by its date`() throws {
    let probe = try Probe()
    probe.makeSeries([
      "start": ["date": "2027-03-01"], "end": ["date": "2027-03-02"], "attendees": Probe.guests("one"),
    ])
    _ = probe.send("DELETE", "\(Probe.events)/series_20270308?sendUpdates=all")
    let mail = try #require(probe.mails(after: 0).first)
    #expect(mail.calendar.contains("\r\nRECURRENCE-ID;VALUE=DATE:20270308\r\n"))
  }

  @Test func `nobody hears of a change that is kept quiet`() throws {
    let probe = try Probe()
    probe.makeSeries(["attendees": Probe.guests("one")])
    let path = "\(Probe.events)/series"
    _ = probe.send("PATCH", path + "?sendUpdates=none", ["attendees": Probe.guests("two")])
    _ = probe.send("PATCH", Probe.instance(0) + "?sendUpdates=none", ["summary": "x"])
    _ = probe.send("DELETE", Probe.instance(1) + "?sendUpdates=none")
    _ = probe.send("DELETE", path)
    #expect(probe.sink.messages.isEmpty)
  }
}
