import CalendarCore
import CalendarService
import Foundation
import ICalendar
import JobQueue
import TestSupport
import Testing

/// Domains beyond ASCII are written in A-labels for others (RFC 5891), and stay here as they were typed.
@Suite(.timeLimit(.minutes(5))) struct InternationalizedAddressTests {
  private static let typed = "info@Bücher.example"
  private static let sent = "info@xn--bcher-kva.example"

  /// The A-labels are those of Python's codec.
  @Test(arguments: [
    (typed, sent), ("Ada@BÜCHER.example", "Ada@xn--bcher-kva.example"), ("Ada@X.EXAMPLE", "Ada@X.EXAMPLE"),
    ("a@XN--BCHER-KVA.example", "a@XN--BCHER-KVA.example"),
    ("a@mail.bücher.xn--p1ai", "a@mail.xn--bcher-kva.xn--p1ai"),
    ("a@straße.example", "a@xn--strae-oqa.example"), ("a@日本語。jp", "a@xn--wgv71a119e.jp"),
    ("jörg@bücher.example", "jörg@xn--bcher-kva.example"), ("a@हिन्दी.example", "a@xn--j2bd4cyah0f.example"),
    (
      "a@\(String(repeating: "日", count: 25)).example",
      "a@xn--wgv\(String(repeating: "a", count: 24)).example"
    ),
  ])
  func `an address is sent with its domain in A-labels`(typed: String, sent: String) throws {
    let address = try #require(EmailAddress(typed))
    #expect(address.withALabels == sent && address.rawValue == typed)
    #expect(address == EmailAddress(sent))
  }

  @Test(arguments: [
    // Of 60 octets as it is, and of 64 in A-labels (RFC 1035 §2.3.4).
    "a@一佋傖凡匬呷嗂圍塘妣嫮尹嶄廏怚慥抰揻敆暑.example",
    "a@\(String(repeating: "ü", count: 60)).example", "a@-bücher.example", "a@bücher-.example",
    "a@ab--ü.example", "a@bü..example", "a@\u{308}u.example", "a@bü cher.example", "a@bücher",
    "a@📅.example",
  ])
  func `a domain that cannot be one is refused`(text: String) async throws {
    #expect(EmailAddress(text) == nil)
    let fixture = try await TestWorkspace()
    let error = await #expect(throws: InvalidInput.self) {
      try await fixture.made { $0.attendees = [.init(email: text)] }
    }
    #expect(error?.field == "attendees")
    #expect(try await fixture.eventCount() == 0)
  }

  @Test func `a guest is mailed with A-labels, and named as they were typed`() async throws {
    let fixture = try await TestWorkspace(sendsInvitations: false)
    let event = try await fixture.made {
      $0.attendees = [.init(email: Self.typed, displayName: "Bücher"), .init(email: Self.sent)]
    }
    try await fixture.useCases.runner.runDueJobs()
    #expect(event.attendees.map(\.handle.rawValue) == [Self.typed])
    let mail = try GuestMail(try #require(fixture.mail.sent.first))
    #expect(fixture.mail.sent.count == 1)
    #expect(mail.headers.contains("<\(Self.sent)>"))
    let listed = mail.message.events[0].properties("ATTENDEE").map(\.value)
    #expect(listed == ["mailto:ada@phos.example", "mailto:\(Self.sent)"])
    #expect(!fixture.mail.texts[0].contains("Bücher.example"))
  }

  @Test func `a provider's spelling is no change: nobody is told, and the guest stays as typed`()
    async throws
  {
    let fixture = try await TestWorkspace(sendsInvitations: false)
    fixture.calendar.whenCreating { draft, _ in
      var made = FakeCalendar.made(draft)
      made.content.attendees = made.content.attendees.map(Self.asAnswered)
      return made
    }
    let event = try await fixture.made { $0.attendees = [.init(email: Self.typed)] }
    try await fixture.runAllJobs()
    #expect(event.attendees.map(\.handle.rawValue) == [Self.typed])
    #expect(fixture.mail.sent.count == 1)

    try await fixture.update(event) {
      ($0.title, $0.sendInvitations) = ("Renamed", false)
    }
    try await fixture.runAllJobs()
    let stored = try #require(try await fixture.stored(event.id))
    #expect(fixture.calendar.changes.map(\.fields) == [[.title]])
    #expect(stored.attendees.map(\.handle.rawValue) == [Self.typed])
    #expect(stored.agreed?.content.attendees.map(\.handle.rawValue) == [Self.typed])
    #expect(stored.push.status == .synced && fixture.mail.sent.count == 1)

    // The same guest in the other spelling, and someone new.
    try await fixture.update(event) {
      $0.attendees = [.init(email: Self.sent), .init(email: "new@bücher.example")]
    }
    try await fixture.runAllJobs()
    let guests = try #require(try await fixture.stored(event.id)).attendees.map(\.handle.rawValue)
    #expect(guests == [Self.typed, "new@bücher.example"])
    let told = fixture.mail.sent.dropFirst().map { $0.recipients.map(\.rawValue) }
    #expect(told == [["new@bücher.example"]])
  }

  @Test func `a reply in A-labels is the guest's`() async throws {
    let fixture = try await TestWorkspace(sendsInvitations: false)
    let event = try await fixture.made { $0.attendees = [.init(email: Self.typed)] }
    let file = fixture.reply(to: event, from: Self.sent)
    _ = try await fixture.useCases.mail.receiveReply(file, caller: fixture.ada)
    let guest = try #require(try await fixture.stored(event.id)?.attendees.first)
    #expect(guest.responseStatus == .accepted && guest.handle.rawValue == Self.typed)
  }

  @Test func `where a calendar rejects a meeting, the guest whose address may be why is named`()
    async throws
  {
    let fixture = try await TestWorkspace()
    fixture.calendar.whenCreating { _, _ throws(ProviderError) in throw .rejected(reason: "Invalid.") }
    let error = await #expect(throws: ProviderRejection.self) {
      try await fixture.made { $0.attendees = [.init(email: "jörg@x.example"), .init(email: Self.typed)] }
    }
    #expect(error?.field == "attendees")
    #expect(
      error?.message
        == "The calendar rejected the meeting: Invalid. This may be because of jörg@x.example: "
        + "not every server accepts letters like “é” before the @."
    )
    #expect(error.map { !"\($0)".contains("jörg") } == true, "A log names nobody.")
    #expect(try await fixture.eventCount() == 0)
    let plain = await #expect(throws: ProviderRejection.self) {
      try await fixture.made { $0.attendees = [.init(email: Self.typed)] }
    }
    #expect(plain?.message == "The calendar rejected the meeting: Invalid." && plain?.field == nil)
  }

  @Test(arguments: [("jörg@bücher.example", true), (typed, false)])
  func `a mail that is rejected names the guest whose address may be why`(guest: String, isNamed: Bool)
    async throws
  {
    let fixture = try await TestWorkspace(sendsInvitations: false)
    fixture.mail.fail(.rejected(reason: "the mail server answered 553."))
    _ = try await fixture.made { $0.attendees = [.init(email: guest)] }
    try await fixture.runAllJobs()
    let reasons = try await fixture.useCases.failedJobs.list(caller: fixture.ada).jobs.map(\.reason)
    let hint =
      " This may be because of \(guest): not every server accepts letters like “é” before the @."
    #expect(
      reasons == ["The email was rejected: the mail server answered 553." + (isNamed ? hint : "")]
    )
  }

  private static func asAnswered(_ guest: CalendarEventParticipant) -> CalendarEventParticipant {
    var answered = guest
    answered.handle = EmailAddress(guest.handle.withALabels) ?? guest.handle
    return answered
  }
}
