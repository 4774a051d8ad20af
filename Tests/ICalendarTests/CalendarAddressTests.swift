import Foundation
import Testing

@testable import ICalendar

@Suite(.timeLimit(.minutes(5))) struct CalendarAddressTests {
  /// RFC 6068 §2, RFC 5891 §5; the A-labels are those of Python's idna 3.
  @Test(arguments: [
    ("mailto:ada%2bcrm@x.example", "ada+crm@x.example"),
    ("mailto:ada%2Bcrm@x.example", "MAILTO:ada+crm@x.example"),
    ("mailto:o'b%2Bx@x.example", "o'b+x@x.example"), ("mailto:a%40b@x.example", "a@b@x.example"),
    ("mailto:ada@x.example?subject=Hi", "ada@x.example"), ("Ada@X.EXAMPLE", "mailto:ada@x.example"),
    ("mailto:mailto:ada@x.example", "ada@x.example"), ("info@bücher.example", "info@xn--bcher-kva.example"),
    ("info@BÜCHER.example", "mailto:info@XN--BCHER-KVA.example"),
    ("a@straße.example", "a@xn--strae-oqa.example"),
    ("a@bu\u{308}cher.example", "a@bücher.example"), ("a@日本語.jp", "a@xn--wgv71a119e.jp"),
    ("a@日本語。jp", "a@xn--wgv71a119e.jp"), ("a@пример.рф", "a@xn--e1afmkfd.xn--p1ai"),
    ("mailto:info@b%C3%BCcher.example", "info@bücher.example"),
  ])
  func `two spellings of an address are one person's`(one: String, other: String) {
    #expect(CalendarAddress(one) == CalendarAddress(other))
    #expect(CalendarUser(address: one).isSame(as: CalendarUser(address: other)))
  }

  @Test(arguments: [
    ("ada+crm@x.example", "ada@x.example"), ("ada+crm@x.example", "ada+sales@x.example"),
    // Not in a URI, the percent sign stands for itself (RFC 5321 §4.1.2).
    ("ada%2bcrm@x.example", "ada+crm@x.example"), ("a@bucher.example", "a@bücher.example"),
    ("a.b@x.example", "ab@x.example"), ("/principals/a", "/principals/b"),
  ])
  func `other addresses are other people's`(one: String, other: String) {
    #expect(CalendarAddress(one) != CalendarAddress(other))
  }

  @Test(arguments: [
    "50%off@x.example", "what?@x.example", "a#b@x.example", "a+b@x.example", "ü@bücher.example",
  ])
  func `an address is the same when its URI is read`(address: String) throws {
    let event = try event(
      calendar("DTSTART:20260904T020000Z", "ATTENDEE:\(CalendarUser(address: address).uri)")
    )
    #expect(event.attendees.map(\.user.address) == [address])
    #expect(try EventComponent(component: event.component) == event)
  }

  /// RFC 7986 §6.2: EMAIL is the address of a user whom the value does not name by one.
  @Test(arguments: [
    "/aMTAwMDAwMDAw/principal/", "urn:uuid:01ab23cd-0000-4000-8000-000000000002",
    "https://x.example/principals/a@b/",
    "invalid:nomail", "mailto:/aMTAw/principal/", "/principals/users/bo@other.example/",
  ])
  func `a user with EMAIL has that address, and keeps what the server calls them`(uri: String) throws {
    let lines = [
      "ORGANIZER;CN=Bo;EMAIL=bo@x.example:\(uri)", "ATTENDEE;EMAIL=bo@x.example;PARTSTAT=ACCEPTED:\(uri)",
    ]
    var event = try event(calendar("DTSTART:20260904T020000Z", lines[0], lines[1]))
    #expect(event.organizer?.address == "bo@x.example")
    #expect(event.attendees[0].user.isSame(as: CalendarUser(address: "BO@x.example")))
    for name in ["ORGANIZER", "ATTENDEE"] {
      let line = try #require(event.component.property(name))
      #expect((line.value, line.parameterValues("EMAIL")) == (uri, ["bo@x.example"]))
    }
    event.attendees[0].user.address = "cy@x.example"
    let line = try #require(event.component.property("ATTENDEE"))
    #expect((line.value, line.parameter("EMAIL")) == ("mailto:cy@x.example", nil))
  }

  @Test func `EMAIL beside an email address keeps its place`() throws {
    let line = #"ATTENDEE;EMAIL=bo@x.example;DELEGATED-TO="mailto:cy@x.example":mailto:bo@x.example"#
    let event = try event(calendar("DTSTART:20260904T020000Z", line))
    #expect(event.attendees[0].otherParameters.map(\.name) == ["EMAIL", "DELEGATED-TO"])
    #expect(try EventComponent(component: event.component).component == event.component)
  }

  @Test func `a path without EMAIL and an empty organizer stay as they are`() throws {
    let event = try event(calendar("DTSTART:20260904T020000Z", "ORGANIZER:", "ATTENDEE:/principals/a/"))
    #expect(event.organizer == nil)
    #expect(event.component.property("ORGANIZER")?.value == "")
    #expect(event.component.property("ATTENDEE")?.value == "/principals/a/")
  }
}
