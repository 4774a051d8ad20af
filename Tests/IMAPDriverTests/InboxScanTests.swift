import CalendarCore
import Testing

@testable import IMAPDriver

@Suite(.timeLimit(.minutes(5))) struct InboxLookTests {
  private static let plain = #"("TEXT" "PLAIN" ("CHARSET" "utf-8") NIL NIL "7BIT" 12 1)"#
  private static let reply =
    #"("TEXT" "CALENDAR" ("CHARSET" "utf-8" "METHOD" "REPLY") NIL NIL "7BIT" 40 3 NIL NIL NIL)"#

  private static func mail(_ uid: Int, _ structure: String) -> String {
    "* \(uid) FETCH (UID \(uid) BODYSTRUCTURE \(structure))\r\n"
  }

  @Test(arguments: [1, 7, Int.max])
  func `the calendar file of an answer is brought, however it arrives`(chunk: Int) throws {
    let server = ScriptedServer()
    server.chunk = chunk
    server.answers["FETCH 1:*"] =
      Self.mail(7, Self.plain) + Self.mail(8, "(\(Self.plain)\(Self.reply) \"ALTERNATIVE\" NIL NIL NIL)")
    // The text looks like an end of the answer, and like more data.
    let text = "BEGIN:VCALENDAR\r\np3 OK done\r\n* 9 EXISTS\r\nEND:VCALENDAR\r\n"
    server.answers["UID FETCH 8 (UID BODY.PEEK[2])"] =
      "* 2 FETCH (UID 8 BODY[2] \(ScriptedServer.literal(text)))\r\n"
    let found = try server.look()
    #expect(found.files == [text])
    #expect(found.position == "7:8")
    #expect(!found.hasMore)
  }

  @Test func `nothing is asked for that would change the inbox, or that is nobody's calendar`() throws {
    let server = ScriptedServer()
    let request = Self.reply.replacing("REPLY", with: "REQUEST")
    let large = Self.reply.replacing(" 40 3", with: " 400000 3")
    let forwarded = #"("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 400 (NIL) (\#(Self.reply) "MIXED") 4)"#
    server.answers["FETCH 1:*"] = [Self.plain, request, large, forwarded].enumerated()
      .map { Self.mail($0.offset + 1, $0.element) }.joined()
    #expect(try server.look().files == [])
    #expect(server.commands == ["EXAMINE INBOX", "FETCH 1:* (UID BODYSTRUCTURE)", "LOGOUT"])
  }

  @Test func `later looks go on where the last one ended`() throws {
    let server = ScriptedServer()
    // There is nothing new: the server names the last mail all the same (RFC 3501 §6.4.8).
    server.answers["UID SEARCH UID 9:*"] = "* SEARCH 8\r\n"
    let none = try server.look(after: InboxPosition(validity: 7, uid: 8))
    #expect(none.files == [] && none.position == "7:8" && !none.hasMore)
    server.answers["UID SEARCH UID 9:*"] = "* SEARCH 12 10\r\n"
    server.answers["UID FETCH 10,12"] = Self.mail(12, Self.reply) + Self.mail(10, Self.plain)
    server.answers["UID FETCH 12 (UID BODY.PEEK[1])"] = "* 2 FETCH (BODY[1] \"HELLO\" UID 12)\r\n"
    let more = try server.look(after: InboxPosition(validity: 7, uid: 8))
    #expect(more.files == ["HELLO"] && more.position == "7:12")
  }

  @Test func `an inbox with new numbering is scanned from its newest emails`() throws {
    let server = ScriptedServer()
    server.answers["EXAMINE INBOX"] = "* 500 EXISTS\r\n* OK [UIDVALIDITY 8] numbered\r\n"
    server.answers["FETCH 301:*"] = Self.mail(20, Self.plain)
    #expect(try server.look(after: InboxPosition(validity: 7, uid: 400)).position == "8:20")
    server.answers["EXAMINE INBOX"] = "* 0 EXISTS\r\n* OK [UIDVALIDITY 8] numbered\r\n"
    #expect(try server.look().position == "8:0")
  }

  @Test func `what is too much for one look is left to the next`() throws {
    let server = ScriptedServer()
    server.answers["UID SEARCH"] = "* SEARCH \((1...300).map(String.init).joined(separator: " "))\r\n"
    server.answers["UID FETCH"] = (1...200).map { Self.mail($0, Self.plain) }.joined()
    let mails = try server.look(after: InboxPosition(validity: 7, uid: 0))
    #expect(mails.position == "7:200" && mails.hasMore)

    server.answers["UID SEARCH"] = "* SEARCH \((1...60).map(String.init).joined(separator: " "))\r\n"
    server.answers["UID FETCH"] = (1...60).map { Self.mail($0, Self.reply) }.joined()
    for uid in 1...60 {
      server.answers["UID FETCH \(uid) (UID BODY.PEEK[1])"] = "* 1 FETCH (UID \(uid) BODY[1] \"\(uid)\")\r\n"
    }
    let files = try server.look(after: InboxPosition(validity: 7, uid: 0))
    #expect(files.files == (1...50).map(String.init) && files.position == "7:50" && files.hasMore)
  }

  @Test func `a mail that makes no sense, or is gone, holds up nobody`() throws {
    let server = ScriptedServer()
    let deep = String(repeating: "(", count: 5000)
    server.answers["UID SEARCH"] = "* SEARCH 1 2 3 4 5\r\n"
    server.answers["UID FETCH 1,2,3,4,5"] =
      Self.mail(1, deep) + "* 2 FETCH (UID 2 BODYSTRUCTURE (\"\r\n" + "* 3 FETCH nonsense\r\n* OK fine\r\n"
      + Self.mail(4, Self.reply) + Self.mail(5, Self.reply)
    server.answers["UID FETCH 4 (UID BODY.PEEK[1])"] = "* 4 FETCH (UID 4 BODY[1] NIL)\r\n"
    server.answers["UID FETCH 5 (UID BODY.PEEK[1])"] = "* 5 FETCH (UID 5 BODY[1] {3}\r\nabc)\r\n"
    let found = try server.look(after: InboxPosition(validity: 7, uid: 0))
    #expect(found.files == ["abc"] && found.position == "7:5")
  }

  @Test func `a server that says too much, or nothing of its numbers, is left`() throws {
    let endless = ScriptedServer()
    endless.answers["EXAMINE INBOX"] = String(repeating: "x", count: 2 << 20)
    #expect(throws: ProviderError.malformedReply(reason: "The mail server's response is too long.")) {
      try endless.look()
    }
    let huge = ScriptedServer()
    huge.answers["EXAMINE INBOX"] = "* OK {99999999}\r\n"
    #expect(throws: ProviderError.malformedReply(reason: "The mail server's response is too long.")) {
      try huge.look()
    }
    let chatty = ScriptedServer()
    chatty.answers["EXAMINE INBOX"] = String(repeating: "* OK still here, still talking\r\n", count: 600_000)
    #expect(throws: ProviderError.malformedReply(reason: "The mail server's response is too long.")) {
      try chatty.look()
    }
    let unnumbered = ScriptedServer()
    unnumbered.answers["EXAMINE INBOX"] = "* 3 EXISTS\r\n"
    #expect(throws: ProviderError.self) { try unnumbered.look() }
    let refusing = ScriptedServer()
    refusing.refusals["EXAMINE"] = "NO there is none"
    #expect(throws: ProviderError.rejected(reason: "The mailbox can't be read: the server responded NO.")) {
      try refusing.look()
    }
  }
}
