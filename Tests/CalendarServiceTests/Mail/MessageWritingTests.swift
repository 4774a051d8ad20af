import CalendarCore
@testable import CalendarService
import Foundation
import Testing

/// The octets of written messages; Tests/API reads whole ones with other programs.
@Suite(.timeLimit(.minutes(5))) struct MessageWritingTests {
  private static func email(_ change: (inout EmailMessage) -> Void = { _ in }) throws -> EmailMessage {
    let ada = try #require(EmailAddress("ada@phos.example"))
    let guest = try #require(EmailAddress("guest@client.example"))
    var email = EmailMessage(
      id: try #require(EmailMessage.ID("00000000-0000-4000-8000-000000000001")),
      accountID: .init(UUID()),
      senderID: .init(UUID()),
      from: Mailbox(ada, displayName: "Ada Lindqvist"),
      to: [Mailbox(guest)],
      subject: "Hello",
      text: "Hello",
      delivery: EmailDelivery(sendAt: TestWorkspace.start),
      createdAt: TestWorkspace.start
    )
    change(&email)
    return email
  }

  private static func text(_ email: EmailMessage) -> String {
    String(decoding: email.outgoing(at: TestWorkspace.start).octets, as: UTF8.self)
  }

  @Test(arguments: [0, 1, 2, 3, 56, 57, 58, 113, 114, 115, 1000])
  func `a mail's size is known before it is written`(length: Int) throws {
    let file = EmailAttachment(
      name: "Plan.pdf",
      type: "application/pdf",
      content: Array(repeating: 7, count: length)
    )
    let email = try Self.email { email in
      email.text = "Grüße\n.\n" + String(repeating: "x", count: length)
      email.html = "<p>Grüße</p>"
      email.attachments = [file, file]
    }
    let body = EmailBody(text: email.text, html: email.html, attachments: email.attachments)
    let size = email.header(at: TestWorkspace.start).count + body.size(in: email.id)
    #expect(size == email.outgoing(at: TestWorkspace.start).octets.count)
  }

  @Test func `a plain mail is as small as it can be`() throws {
    #expect(
      Self.text(try Self.email())
        == """
        Date: Mon, 01 Jun 2026 08:00:00 +0000
        From: Ada Lindqvist <ada@phos.example>
        To: guest@client.example
        Subject: Hello
        Message-ID: <00000000-0000-4000-8000-000000000001@phos.example>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=UTF-8
        Content-Transfer-Encoding: quoted-printable

        Hello
        """.replacing("\n", with: "\r\n")
    )
  }

  @Test(arguments: [
    "x\r\nBcc: thief@example.com", "x\nBcc: thief@example.com", "x\rBcc: a@b.c", "x\u{2028}Bcc: a@b.c",
  ])
  func `no text becomes a header of its own`(text: String) throws {
    let email = try Self.email {
      $0.subject = text
      $0.from.displayName = text
      $0.attachments = [EmailAttachment(name: text, type: "text/x", content: [])]
    }
    let lines = Self.text(email).components(separatedBy: "\r\n")
    #expect(!lines.contains { $0.lowercased().hasPrefix("bcc") })
    #expect(!Self.text(email).replacing("\r\n", with: "").contains { $0 == "\r" || $0 == "\n" })
  }

  @Test func `lines are short and plain`() throws {
    let email = try Self.email { email in
      email.subject = String(repeating: "Grüße aus 日本 🎈👩‍👩‍👧‍👦 ", count: 20)
      email.to = (0..<60).compactMap { EmailAddress("guest\($0)@client.example") }.map {
        Mailbox($0, displayName: "Ü")
      }
      email.text = String(repeating: "ä=.\t", count: 200) + "\n.dot\ntrailing \n"
      let name = String(repeating: "日本", count: 100)
      email.attachments = [
        EmailAttachment(name: name, type: "text/x", content: Array(repeating: 7, count: 500))
      ]
      email.references = (0..<20).map { "\($0)\(String(repeating: "r", count: 40))@client.example" }
    }
    for line in Self.text(email).components(separatedBy: "\r\n") {
      #expect(line.utf8.count <= 78)
      #expect(line.utf8.allSatisfy { (0x20..<0x7F).contains($0) || $0 == 0x09 })
      #expect(!line.hasSuffix(" ") && !line.hasPrefix("."))
    }
  }

  @Test(arguments: [
    ("Ada Lindqvist", ["Ada", "Lindqvist"]), ("Lindqvist, Ada", ["\"Lindqvist, Ada\""]),
    ("A \"B\" \\C", ["\"A \\\"B\\\" \\\\C\""]), ("Jörg", ["=?UTF-8?B?SsO2cmc=?="]),
    ("=?x?=", ["=?UTF-8?B?PT94Pz0=?="]),
    ("Ada ", ["=?UTF-8?B?QWRhIA==?="]),
  ])
  func `a name is written so that it reads back`(name: String, tokens: [String]) {
    #expect(HeaderField.phrase(name) == tokens)
  }

  @Test func `an invitation stands as the last alternative and as a file`() throws {
    let calendar = Array("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n".utf8)
    let email = try Self.email {
      $0.html = "<p>Hello</p>"
      $0.attachments = [
        EmailAttachment(
          name: "invite.ics",
          type: "text/calendar; method=request; charset=UTF-8",
          content: calendar
        )
      ]
    }
    let types = Self.text(email).components(separatedBy: "\r\n").filter { $0.hasPrefix("Content-Type:") }
    #expect(
      types == [
        "Content-Type: multipart/mixed;", "Content-Type: multipart/alternative;",
        "Content-Type: text/plain; charset=UTF-8", "Content-Type: text/html; charset=UTF-8",
        "Content-Type: text/calendar; method=REQUEST; charset=UTF-8",
        "Content-Type: application/ics; name=\"invite.ics\"",
      ]
    )
  }

  @Test func `who is not to be seen is in no octet of the message`() throws {
    let thief = try #require(EmailAddress("hidden@client.example"))
    let mail = try Self.email { $0.bcc = [Mailbox(thief)] }.outgoing(at: TestWorkspace.start)
    #expect(!String(decoding: mail.octets, as: UTF8.self).contains("hidden"))
    #expect(String(decoding: mail.hiddenRecipientsField, as: UTF8.self) == "Bcc: hidden@client.example\r\n")
    #expect(mail.recipients.map(\.rawValue) == ["guest@client.example", "hidden@client.example"])
  }
}
