import Foundation
import JSONModel
import TestSupport
import Testing

@testable import ProviderEmulators

@Suite(.timeLimit(.minutes(5))) struct MicrosoftTeamsTests {
  private let probe: MicrosoftProbe
  private let online: [String: JSON] = [
    "isOnlineMeeting": true, "onlineMeetingProvider": "teamsForBusiness",
    "body": ["contentType": "html", "content": "<p>Agenda</p>"],
  ]

  init() throws { probe = try MicrosoftProbe() }

  private func path(_ event: JSON) -> String { "\(MicrosoftProbe.events)/\(event.id)" }

  @Test func `a meeting's link comes after the event, and its block stands below the text`() throws {
    let event = probe.create(online)
    #expect(event["isOnlineMeeting"] == true)
    #expect(event["onlineMeeting"] == .null)
    probe.clock.advance(by: 3)
    let ready = probe.get(event.id).json
    let link = try #require(ready["onlineMeeting"]?["joinUrl"]?.string)
    #expect(link.hasPrefix("https://teams.microsoft.com/l/meetup-join/"))
    let body = ready["body"]?["content"]?.string ?? ""
    #expect(body.contains("<p>Agenda</p>"))
    #expect(body.contains(link))
    #expect(ready["changeKey"] != event["changeKey"])
    #expect(ready["onlineMeetingProvider"] == "teamsForBusiness")
  }

  @Test func `a meeting stays what it is, whatever is written into its flag`() {
    let event = probe.create(online)
    probe.clock.advance(by: 3)
    let link = probe.get(event.id).json["onlineMeeting"]
    let changed = probe.send(
      "PATCH",
      path(event),
      ["isOnlineMeeting": false, "onlineMeetingProvider": "unknown"]
    )
    #expect(changed.json["onlineMeeting"] == link)
    #expect(changed.json["isOnlineMeeting"] == true)
    let body = probe.get(event.id).json["body"] ?? .null
    let kept = probe.send("PATCH", path(event), ["body": body, "subject": "Moved"])
    #expect(kept.json["onlineMeeting"] == link)
  }

  @Test func `a text without the block costs the meeting`() {
    let event = probe.create(online)
    probe.clock.advance(by: 3)
    let changed = probe.send(
      "PATCH",
      path(event),
      ["body": ["contentType": "html", "content": "<p>New agenda</p>"]]
    )
    #expect(changed.json["onlineMeeting"] == .null)
    #expect(changed.json["isOnlineMeeting"] == false)
    #expect(changed.json["onlineMeetingProvider"] == "unknown")
  }

  @Test(arguments: TeamsBlockForm.allCases)
  func `the block counts, in whatever form, and not the spelling of its link`(form: TeamsBlockForm) throws {
    probe.microsoft.setConference(delay: .zero, block: form)
    let event = probe.create(online)
    let link = probe.get(event.id).json["onlineMeeting"]
    let body = probe.get(event.id).json["body"]?["content"]?.string ?? ""
    #expect(body.contains(link?["joinUrl"]?.string ?? "none") == (form == .usual))
    func write(_ content: String) -> JSON {
      probe.send("PATCH", path(event), ["body": ["contentType": "html", "content": .string(content)]]).json
    }
    let respelled = body.replacing("%3a", with: "%3A").replacing("<p>Agenda</p>", with: "<p>Other</p>")
    #expect(write(respelled)["onlineMeeting"] == link)
    #expect(write(try #require(link?["joinUrl"]?.string))["onlineMeeting"] == .null)
  }

  @Test func `occurrences have the meeting of their series`() {
    let series = probe.create(online.merging(["recurrence": MicrosoftProbe.mondays]) { $1 })
    probe.clock.advance(by: 3)
    let link = probe.get(series.id).json["onlineMeeting"]
    let second = probe.instances(of: series.id)[1]
    #expect(second["onlineMeeting"] == link)
    let changed = probe.send(
      "PATCH",
      path(second),
      ["body": ["contentType": "html", "content": "<p>Alone</p>"]]
    )
    #expect(changed.json["onlineMeeting"] == .null)
    #expect(probe.instances(of: series.id)[2]["onlineMeeting"] == link)
  }

  @Test func `who has no Teams gets no meeting, and a meeting that fails has no link`() throws {
    let calendar = probe.send("GET", "/v1.0/me/calendar", token: "rex").json
    #expect(calendar["allowedOnlineMeetingProviders"] == [])
    let skype = probe.create(["isOnlineMeeting": true, "onlineMeetingProvider": "skypeForBusiness"])
    #expect(skype["isOnlineMeeting"] == false)
    probe.microsoft.setConference(delay: .zero, succeeds: false)
    let event = probe.create(online)
    probe.clock.advance(by: 60)
    #expect(probe.get(event.id).json["onlineMeeting"] == .null)
    #expect(probe.get(event.id).json["isOnlineMeeting"] == true)
  }
}
