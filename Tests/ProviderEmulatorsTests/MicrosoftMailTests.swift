import Foundation
import JSONModel
import Testing

@testable import ProviderEmulators

@Suite(.timeLimit(.minutes(5))) struct MicrosoftMailTests {
  private let probe: MicrosoftProbe

  init() throws { probe = try MicrosoftProbe() }

  private func path(_ event: JSON) -> String { "\(MicrosoftProbe.events)/\(event.id)" }

  @Test func `guests are invited, told of changes, and told when it is off`() {
    let event = probe.create(["attendees": MicrosoftProbe.guests("ben", "cyd")])
    #expect(Set(probe.mails(after: 0).map(\.to)) == ["ben@example.org", "cyd@example.org"])
    #expect(probe.mails(after: 0).allSatisfy { $0.calendar.contains("METHOD:REQUEST") })
    probe.send("PATCH", path(event), ["subject": "Moved"])
    #expect(probe.mails(after: 2).count == 2)
    probe.send("PATCH", path(event), ["showAs": "free", "categories": ["red"]])
    #expect(probe.mails(after: 4).isEmpty)
    #expect(probe.send("POST", "\(path(event))/cancel", ["comment": "Sorry"]).status == 202)
    let last = probe.mails(after: 4)
    #expect(last.count == 2)
    #expect(
      last.allSatisfy { $0.calendar.contains("METHOD:CANCEL") && $0.calendar.contains("COMMENT:Sorry") }
    )
    #expect(probe.get(event.id).status == 404)
  }

  @Test func `a change of the list alone is told only to whom it concerns`() {
    let event = probe.create(["attendees": MicrosoftProbe.guests("ben", "cyd")])
    probe.send("PATCH", path(event), ["attendees": MicrosoftProbe.guests("cyd", "dan")])
    let mails = probe.mails(after: 2)
    #expect(mails.map(\.to) == ["dan@example.org", "ben@example.org"])
    #expect(mails[0].calendar.contains("METHOD:REQUEST"))
    #expect(mails[1].calendar.contains("METHOD:CANCEL"))
  }

  @Test func `an invitation to a series has its rule, its zone and one UID for all occurrences`() {
    let series = probe.create([
      "attendees": MicrosoftProbe.guests("ben"), "recurrence": MicrosoftProbe.mondays,
    ])
    let invitation = probe.mails(after: 0)[0].calendar
    #expect(invitation.contains("RRULE:FREQ=WEEKLY;BYDAY=MO;WKST=SU;INTERVAL=1;COUNT=5"))
    #expect(invitation.contains("DTSTART;TZID=Romance Standard Time:20270301T100000"))
    #expect(invitation.contains("TZID:Romance Standard Time"))
    let uid = "UID:\(series["iCalUId"]?.string ?? "")\r\n"
    #expect(invitation.contains(uid))
    let second = probe.instances(of: series.id)[1]
    probe.send("DELETE", path(second))
    let off = probe.mails(after: 1)[0].calendar
    #expect(off.contains("RECURRENCE-ID;TZID=Romance Standard Time:20270308T100000"))
    #expect(off.contains(uid))
  }

  @Test func `the invitation has the link that the organizer does not see yet`() {
    let event = probe.create(["attendees": MicrosoftProbe.guests("ben"), "isOnlineMeeting": true])
    #expect(event["onlineMeeting"] == .null)
    #expect(probe.mails(after: 0)[0].calendar.contains("X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams"))
  }

  private func invited() throws -> String {
    try probe.microsoft.invite([
      "email": "ada@example.com", "organizer": ["name": "Olga", "address": "olga@example.net"],
      "event": MicrosoftProbe.event(["attendees": MicrosoftProbe.guests("ben")]),
    ])
  }

  @Test func `an answer goes to the organizer, unless it shall not`() throws {
    let id = try invited()
    #expect(probe.get(id).json["responseStatus"]?["response"] == "notResponded")
    #expect(probe.get(id).json["isOrganizer"] == false)
    let path = "\(MicrosoftProbe.events)/\(id)"
    #expect(probe.send("POST", "\(path)/tentativelyAccept", ["sendResponse": false]).status == 202)
    #expect(probe.sink.messages.isEmpty)
    #expect(probe.send("POST", "\(path)/accept", ["comment": "Fine"]).status == 202)
    let mail = probe.mails(after: 0)[0]
    #expect(mail.to == "olga@example.net")
    #expect(mail.calendar.contains("METHOD:REPLY"))
    #expect(mail.calendar.contains("PARTSTAT=ACCEPTED"))
    #expect(probe.get(id).json["responseStatus"]?["response"] == "accepted")
    #expect(probe.send("POST", "\(path)/decline").status == 202)
    #expect(probe.get(id).status == 404)
  }

  @Test func `what the organizer changes arrives, and what is cancelled stays until it is taken off`() throws
  {
    let id = try invited()
    probe.send("POST", "\(MicrosoftProbe.events)/\(id)/accept", ["sendResponse": false])
    let uid = probe.get(id).json["iCalUId"] ?? .null
    var message: JSON = ["email": "ada@example.com", "iCalUId": uid, "event": ["subject": "Renamed"]]
    #expect(try probe.microsoft.invite(message) == id)
    #expect(probe.get(id).json["subject"] == "Renamed")
    #expect(probe.get(id).json["responseStatus"]?["response"] == "accepted")
    message["event"] = [
      "start": MicrosoftProbe.time("2027-03-02T10:00:00"), "end": MicrosoftProbe.time("2027-03-02T11:00:00"),
    ]
    _ = try probe.microsoft.invite(message)
    #expect(probe.get(id).json["responseStatus"]?["response"] == "notResponded")
    message["event"] = nil
    message["isCancelled"] = true
    _ = try probe.microsoft.invite(message)
    let cancelled = probe.get(id).json
    #expect(cancelled["isCancelled"] == true)
    #expect(cancelled["subject"] == "Canceled: Renamed")
    #expect(probe.send("POST", "\(MicrosoftProbe.events)/\(id)/accept", [:]).code == "ErrorInvalidRequest")
    #expect(probe.send("GET", MicrosoftProbe.events).items.count == 1)
  }

  @Test func `only organizers cancel, and only guests answer`() throws {
    let id = try invited()
    let cancelled = probe.send("POST", "\(MicrosoftProbe.events)/\(id)/cancel", [:])
    #expect(cancelled.code == "ErrorInvalidRequest")
    let own = probe.create(["attendees": MicrosoftProbe.guests("ben")])
    #expect(probe.send("POST", "\(path(own))/accept", [:]).code == "ErrorInvalidRequest")
    #expect(probe.send("PATCH", "\(MicrosoftProbe.events)/\(id)", ["subject": "Mine"]).status == 501)
    #expect(probe.send("PATCH", "\(MicrosoftProbe.events)/\(id)", ["showAs": "free"]).status == 200)
    let before = probe.sink.messages.count
    #expect(probe.send("DELETE", "\(MicrosoftProbe.events)/\(id)").status == 204)
    #expect(probe.sink.messages.count == before)
  }
}
