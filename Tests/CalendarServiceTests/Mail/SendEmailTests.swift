import CalendarCore
import CalendarService
import Foundation
import JobQueue
import TestSupport
import Testing

/// A mail is sent once, or it is said that it was not.
@Suite(.timeLimit(.minutes(5))) struct SendEmailTests {
  private static func input(
    _ fixture: TestWorkspace,
    _ change: (inout SendEmailInput) -> Void = { _ in }
  ) -> SendEmailInput {
    var input = SendEmailInput(
      connectedAccountID: fixture.account,
      to: ["Guest <guest@client.example>"],
      subject: "Hello",
      body: "<p>Hello <b>you</b></p>"
    )
    change(&input)
    return input
  }

  private static func stored(_ id: EmailMessage.ID, _ fixture: TestWorkspace) async throws -> EmailMessage? {
    try await fixture.database.read(fixture.workspace.id) { try $0.emails.find(id) }
  }

  @Test func `a mail goes out at once, and is kept as it was`() async throws {
    let fixture = try await TestWorkspace()
    let email = try await fixture.useCases.mail.send(Self.input(fixture), caller: fixture.ada)
    #expect(email.delivery.status == .sent && email.delivery.sentAt == fixture.clock.now)
    #expect(fixture.mail.sent.map(\.recipients) == [[try #require(EmailAddress("guest@client.example"))]])
    #expect(email.html == "<p>Hello <b>you</b></p>" && email.text == "Hello you")
    #expect(email.from == Mailbox(try await fixture.account().handle, displayName: "Ada"))
    let (own, _) = try await fixture.useCases.mail.queries.emails(
      of: nil,
      first: nil,
      after: nil,
      caller: fixture.ada
    )
    #expect(own.map(\.email.id) == [email.id])
  }

  @Test func `the same key sends one mail, and for something else is refused`() async throws {
    let fixture = try await TestWorkspace()
    let input = Self.input(fixture) { $0.idempotencyKey = "k" }
    let first = try await fixture.useCases.mail.send(input, caller: fixture.ada)
    let second = try await fixture.useCases.mail.send(input, caller: fixture.ada)
    #expect(first.id == second.id && fixture.mail.sent.count == 1)
    await #expect(throws: IdempotencyKeyTaken.self) {
      try await fixture.useCases.mail.send(
        Self.input(fixture) { ($0.idempotencyKey, $0.subject) = ("k", "Other") },
        caller: fixture.ada
      )
    }
  }

  @Test func `until its time is over a mail can be taken back, and nothing is left of it`() async throws {
    let fixture = try await TestWorkspace()
    let email = try await fixture.useCases.mail.send(
      Self.input(fixture) { $0.undoWindow = 8 },
      caller: fixture.ada
    )
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.mail.sent.isEmpty && email.delivery.status == .scheduled)
    await #expect(throws: AccessError.self) {
      try await fixture.useCases.mail.change.cancel(email.id, caller: fixture.ben)
    }
    try await fixture.useCases.mail.change.cancel(email.id, caller: fixture.ada)
    fixture.clock.advance(by: 60)
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.mail.sent.isEmpty)
    #expect(try await Self.stored(email.id, fixture) == nil)
  }

  @Test func `after that it goes out, and cannot be taken back`() async throws {
    let fixture = try await TestWorkspace()
    let email = try await fixture.useCases.mail.send(
      Self.input(fixture) { $0.undoWindow = 8 },
      caller: fixture.ada
    )
    fixture.clock.advance(by: 8)
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.mail.sent.count == 1)
    await #expect(throws: EmailGone.self) {
      try await fixture.useCases.mail.change.cancel(email.id, caller: fixture.ada)
    }
  }

  @Test func `a server that cannot be reached is tried again, and gets the mail once`() async throws {
    let fixture = try await TestWorkspace()
    fixture.mail.fail(.unavailable(reason: "away", isUnsent: true), .rateLimited(retryAfter: .seconds(5)))
    let email = try await fixture.useCases.mail.send(Self.input(fixture), caller: fixture.ada)
    #expect(email.delivery.status == .scheduled && email.delivery.error != nil)
    try await fixture.runNextJob()
    try await fixture.runNextJob()
    #expect(fixture.mail.sent.count == 1)
    let sent = try #require(try await Self.stored(email.id, fixture))
    #expect(sent.delivery.status == .sent && sent.delivery.error == nil)
  }

  @Test func `a lost answer is no reason to send a mail twice`() async throws {
    let fixture = try await TestWorkspace()
    fixture.mail.loseNextAnswer()
    let email = try await fixture.useCases.mail.send(Self.input(fixture), caller: fixture.ada)
    #expect(
      email.delivery.status == .uncertain && email.delivery.error?.contains("may have been sent") == true
    )
    fixture.clock.advance(by: 100_000)
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.mail.sent.count == 1)
    let failed = try await fixture.useCases.failedJobs.list(caller: fixture.ada)
    #expect(failed.emails.map(\.email.id) == [email.id])
    // A person knows better.
    let again = try await fixture.useCases.mail.change.retry(email.id, caller: fixture.ada)
    #expect(again.delivery.status == .sent && fixture.mail.sent.count == 2)
    #expect(try await fixture.useCases.failedJobs.list(caller: fixture.ada).jobs.isEmpty)
  }

  @Test func `an email that was handed over without an answer is not sent again`() async throws {
    let fixture = try await TestWorkspace()
    let email = try await fixture.useCases.mail.send(
      Self.input(fixture) { $0.undoWindow = 1 },
      caller: fixture.ada
    )
    // A process died with it.
    try await fixture.database.write(fixture.workspace.id) { transaction throws in
      #expect(try transaction.emails.beginDelivery(email.id, at: TestWorkspace.start))
      #expect(try !transaction.emails.beginDelivery(email.id, at: TestWorkspace.start))
      #expect(try !transaction.emails.deleteWaiting(email.id))
    }
    fixture.clock.advance(by: 60)
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.mail.sent.isEmpty)
    #expect(try await Self.stored(email.id, fixture)?.delivery.status == .uncertain)
  }

  @Test func `a mail whose sending never comes to an end is given up, and says so`() async throws {
    let fixture = try await TestWorkspace()
    let email = try await fixture.useCases.mail.send(
      Self.input(fixture) { $0.undoWindow = 1 },
      caller: fixture.ada
    )
    // Each of them dies before it has done anything.
    for _ in 0..<8 {
      fixture.clock.advance(by: 20)
      let lease = JobLease(owner: "dead", expiresAt: fixture.clock.now + 10)
      let job = try await fixture.database.system { [now = fixture.clock.now] in
        try $0.jobs.claimNext(JobClaimTerms(now: now, lease: lease))
      }
      #expect(job?.emailID == email.id)
    }
    fixture.clock.advance(by: 20)
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.mail.sent.isEmpty)
    #expect(try await Self.stored(email.id, fixture)?.delivery.status == .failed)
  }

  @Test func `what the server refuses is kept with its reason, and can be sent again`() async throws {
    let fixture = try await TestWorkspace()
    fixture.mail.fail(.rejected(reason: "no such user."))
    let email = try await fixture.useCases.mail.send(Self.input(fixture), caller: fixture.ada)
    #expect(email.delivery.status == .failed)
    #expect(email.delivery.error == "The email was rejected: no such user.")
    let job = try #require(try await fixture.useCases.failedJobs.list(caller: fixture.ada).jobs.first)
    try await fixture.useCases.failedJobs.retry(job.job.id, caller: fixture.ada)
    #expect(fixture.mail.sent.count == 1)
    #expect(try await Self.stored(email.id, fixture)?.delivery.status == .sent)
  }

  @Test func `an account without a way to send says why, and nothing is kept`() async throws {
    let fixture = try await TestWorkspace()
    fixture.mail.close("No permission.")
    await #expect(throws: MailUnavailable.self) {
      try await fixture.useCases.mail.send(Self.input(fixture), caller: fixture.ada)
    }
    let own = try await fixture.useCases.mail.queries.emails(
      of: nil,
      first: nil,
      after: nil,
      caller: fixture.ada
    )
    #expect(own.emails.isEmpty)
  }

  private typealias Change = @Sendable (inout SendEmailInput) -> Void

  private static let bad: [(field: String, change: Change)] = [
    ("to", { $0.to = [] }),
    ("to", { $0.to = ["nobody"] }),
    ("to", { $0.to = ["a@b.example\r\nX: y"] }),
    ("cc", { $0.cc = ["x <"] }),
    ("to", { $0.to = (0..<101).map { "a\($0)@b.example" } }),
    ("subject", { $0.subject = String(repeating: "x", count: 501) }),
    ("body", { $0.body = String(repeating: "x", count: 200_001) }),
    ("attachments", { $0.attachments = [.init(name: "x", type: "text", contentBase64: "")] }),
    ("attachments", { $0.attachments = [.init(name: "x", type: "text/plain\r\nX: y", contentBase64: "")] }),
    ("attachments", { $0.attachments = [.init(name: "", type: "text/plain", contentBase64: "")] }),
    ("attachments", { $0.attachments = [.init(name: "x", type: "text/plain", contentBase64: "%")] }),
    (
      "attachments",
      {
        $0.attachments = [
          .init(name: "x", type: "text/plain", contentBase64: String(repeating: "A", count: 200_000))
        ]
      }
    ),
    (
      "attachments",
      {
        $0.attachments = [.init(name: "x", type: "text/calendar; method=REQUEST", contentBase64: "aGVsbG8=")]
      }
    ),
    (
      "attachments",
      {
        let object = Data("BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n".utf8).base64EncodedString()
        $0.attachments = [.init(name: "x", type: "text/calendar; method=REQUEST", contentBase64: object)]
      }
    ),
    ("undoWindow", { $0.undoWindow = 31 }),
    ("inReplyTo", { $0.inReplyTo = "a b@c" }),
  ]

  @Test(arguments: bad.indices)
  func `bad input names its field, and leaves nothing behind`(index: Int) async throws {
    let (field, change) = Self.bad[index]
    let fixture = try await TestWorkspace()
    let error = await #expect(throws: InvalidInput.self) {
      try await fixture.useCases.mail.send(Self.input(fixture, change), caller: fixture.ada)
    }
    #expect(error?.field == field)
    #expect(fixture.mail.sent.isEmpty)
  }

  @Test func `a colleague sees what was sent to a record, but not to whom else`() async throws {
    let fixture = try await TestWorkspace()
    let person = try await fixture.useCases.records.create.person(
      firstName: "G",
      lastName: nil,
      emails: ["guest@client.example"],
      companyID: nil,
      jobTitle: nil,
      caller: fixture.ada
    )
    _ = try await fixture.useCases.mail.send(
      Self.input(fixture) { $0.bcc = ["hidden@client.example"] },
      caller: fixture.ada
    )
    func seen(_ caller: Caller) async throws -> [VisibleEmail] {
      try await fixture.useCases.mail.queries.emails(
        of: .person(person.id),
        first: nil,
        after: nil,
        caller: caller
      )
      .emails
    }
    #expect(try await seen(fixture.ada).first?.email.bcc.count == 1)
    #expect(try await seen(fixture.ben).first?.email.bcc == [])
    #expect(try await seen(fixture.ben).first?.email.text == "Hello you")
    let channel = try await fixture.database.read(fixture.workspace.id) { [account = fixture.account] in
      try $0.accounts.channels(accountIDs: [account])[0]
    }
    var changes = UpdateChannel.Changes()
    changes.visibility = .metadata
    _ = try await fixture.useCases.accounts.updateChannel(channel.id, changes, caller: fixture.ada)
    let hidden = try #require(try await seen(fixture.ben).first)
    #expect(hidden.isRedacted && hidden.email.subject == "" && hidden.email.text == "")
    #expect(try await seen(fixture.ada).first?.isRedacted == false)
  }

  @Test func `disconnecting an account says of its waiting mails that they will not go out`() async throws {
    let fixture = try await TestWorkspace()
    let email = try await fixture.useCases.mail.send(
      Self.input(fixture) { $0.undoWindow = 8 },
      caller: fixture.ada
    )
    try await fixture.useCases.accounts.disconnect(fixture.account, caller: fixture.ada)
    #expect(try await Self.stored(email.id, fixture)?.delivery.status == .failed)
  }
}
