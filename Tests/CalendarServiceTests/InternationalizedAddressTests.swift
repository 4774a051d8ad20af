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
    let world = try await World()
    let error = await #expect(throws: InvalidInput.self) {
      try await world.made { $0.attendees = [.init(email: text)] }
    }
    #expect(error?.field == "attendees")
    #expect(try await world.eventCount() == 0)
  }

  @Test func `a guest is mailed with A-labels, and named as they were typed`() async throws {
    let world = try await World(sendsInvitations: false)
    let event = try await world.made {
      $0.attendees = [.init(email: Self.typed, displayName: "Bücher"), .init(email: Self.sent)]
    }
    try await world.useCases.runner.runDueJobs()
    #expect(event.attendees.map(\.handle.rawValue) == [Self.typed])
    let mail = try GuestMail(try #require(world.mail.sent.first))
    #expect(world.mail.sent.count == 1)
    #expect(mail.headers.contains("<\(Self.sent)>"))
    let listed = mail.message.events[0].properties("ATTENDEE").map(\.value)
    #expect(listed == ["mailto:ada@phos.example", "mailto:\(Self.sent)"])
    #expect(!world.mail.texts[0].contains("Bücher.example"))
  }

  @Test func `a provider's spelling is no change: nobody is told, and the guest stays as typed`()
    async throws
  {
    let world = try await World(sendsInvitations: false)
    world.calendar.whenCreating { draft, _ in
      var made = FakeCalendar.made(draft)
      made.content.attendees = made.content.attendees.map(Self.asAnswered)
      return made
    }
    let event = try await world.made { $0.attendees = [.init(email: Self.typed)] }
    try await world.runAllJobs()
    #expect(event.attendees.map(\.handle.rawValue) == [Self.typed])
    #expect(world.mail.sent.count == 1)

    try await world.update(event) {
      ($0.title, $0.sendInvitations) = ("Renamed", false)
    }
    try await world.runAllJobs()
    let stored = try #require(try await world.stored(event.id))
    #expect(world.calendar.changes.map(\.fields) == [[.title]])
    #expect(stored.attendees.map(\.handle.rawValue) == [Self.typed])
    #expect(stored.agreed?.content.attendees.map(\.handle.rawValue) == [Self.typed])
    #expect(stored.push.status == .synced && world.mail.sent.count == 1)

    // The same guest in the other spelling, and someone new.
    try await world.update(event) {
      $0.attendees = [.init(email: Self.sent), .init(email: "new@bücher.example")]
    }
    try await world.runAllJobs()
    let guests = try #require(try await world.stored(event.id)).attendees.map(\.handle.rawValue)
    #expect(guests == [Self.typed, "new@bücher.example"])
    let told = world.mail.sent.dropFirst().map { $0.recipients.map(\.rawValue) }
    #expect(told == [["new@bücher.example"]])
  }

  @Test func `a reply in A-labels is the guest's`() async throws {
    let world = try await World(sendsInvitations: false)
    let event = try await world.made { $0.attendees = [.init(email: Self.typed)] }
    let file = world.reply(to: event, from: Self.sent)
    _ = try await world.useCases.mail.receiveReply(file, caller: world.ada)
    let guest = try #require(try await world.stored(event.id)?.attendees.first)
    #expect(guest.responseStatus == .accepted && guest.handle.rawValue == Self.typed)
  }

  @Test func `where a calendar rejects a meeting, the guest whose address may be why is named`()
    async throws
  {
    let world = try await World()
    world.calendar.whenCreating { _, _ throws(ProviderError) in throw .rejected(reason: "Invalid.") }
    let error = await #expect(throws: ProviderRejection.self) {
      try await world.made { $0.attendees = [.init(email: "jörg@x.example"), .init(email: Self.typed)] }
    }
    #expect(error?.field == "attendees")
    #expect(
      error?.message
        == "The calendar rejected the meeting: Invalid. This may be because of jörg@x.example: "
        + "not every server accepts letters like “é” before the @."
    )
    #expect(error.map { !"\($0)".contains("jörg") } == true, "A log names nobody.")
    #expect(try await world.eventCount() == 0)
    let plain = await #expect(throws: ProviderRejection.self) {
      try await world.made { $0.attendees = [.init(email: Self.typed)] }
    }
    #expect(plain?.message == "The calendar rejected the meeting: Invalid." && plain?.field == nil)
  }

  @Test(arguments: [("jörg@bücher.example", true), (typed, false)])
  func `a mail that is rejected names the guest whose address may be why`(guest: String, isNamed: Bool)
    async throws
  {
    let world = try await World(sendsInvitations: false)
    world.mail.fail(.rejected(reason: "the mail server answered 553."))
    _ = try await world.made { $0.attendees = [.init(email: guest)] }
    try await world.runAllJobs()
    let reasons = try await world.useCases.failedJobs.list(caller: world.ada).jobs.map(\.reason)
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
