import Testing

@testable import IMAPDriver

@Suite(.timeLimit(.minutes(5))) struct CalendarPartTests {
  private static func part(_ structure: String) throws -> CalendarPart? {
    let values = try #require(IMAPResponse(octets: Array(structure.utf8)).parts())
    return CalendarPart(in: try #require(values.first))
  }

  @Test(arguments: [
    (#"("TEXT" "CALENDAR" ("METHOD" "REPLY") NIL NIL "BASE64" 10 1)"#, "1"),
    (#"(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 1 1)("text" "calendar" NIL NIL NIL "7BIT" 1 1) "MIXED")"#, "2"),
    (
      #"((("TEXT" "PLAIN" NIL NIL NIL "7BIT" 1 1)("TEXT" "HTML" NIL NIL NIL "7BIT" 1 1)"#
        + #"("TEXT" "CALENDAR" ("METHOD" "reply") NIL NIL "7BIT" 1 1) "ALTERNATIVE")"#
        + #"("APPLICATION" "ICS" ("NAME" "invite.ics") NIL NIL "BASE64" 9) "MIXED")"#, "1.3"
    ),
    (
      #"(("TEXT" "PLAIN" ("NAME" {8}\#r\#n"he said) NIL NIL "7BIT" 1 1)("APPLICATION" "ICS" NIL NIL NIL "BASE64" 9) "MIXED")"#,
      "2"
    ),
  ])
  func `the part with the answer is found wherever it is`(structure: String, section: String) throws {
    #expect(try Self.part(structure)?.section == section)
  }

  @Test(arguments: [
    #"("TEXT" "PLAIN" NIL NIL NIL "7BIT" 1 1)"#, "(NIL NIL)", "()", #"("TEXT" "CALENDAR")"#,
    #"("TEXT" "CALENDAR" ("METHOD" "CANCEL") NIL NIL "7BIT" 1 1)"#,
  ])
  func `there is none in other mails`(structure: String) throws {
    #expect(try Self.part(structure) == nil)
  }

  @Test(
    arguments: [
      ("BASE64", "utf-8", Array("QsOkcg==\r\n".utf8), "Bär"),
      (
        "QUOTED-PRINTABLE", "utf-8", Array("B=C3=A4r is=20a long =  \r\nline = =Z1 =".utf8),
        "Bär is a long line = =Z1 "
      ),
      ("8BIT", "iso-8859-1", [0x42, 0xE4, 0x72], "Bär"),
      ("8BIT", "windows-1252", [0x80], "€"),
      // Labelled wrongly.
      ("8BIT", "iso-8859-1", Array("Bär".utf8), "Bär"),
      ("7BIT", "us-ascii", Array("plain".utf8), "plain"),
    ] as [(String, String, [UInt8], String)]
  )
  func `its text is read as it was meant`(encoding: String, charset: String, octets: [UInt8], text: String)
    throws
  {
    let structure = #"("TEXT" "CALENDAR" ("CHARSET" "\#(charset)") NIL NIL "\#(encoding)" 9 1)"#
    #expect(try Self.part(structure)?.text(octets) == text)
  }

  @Test func `a position is read as it was written`() {
    #expect(InboxPosition("7:12") == InboxPosition(validity: 7, uid: 12))
    for text in ["", "7", "7:", ":12", "7:12:1", "-7:1", "7:99999999999"] {
      #expect(InboxPosition(text) == nil)
    }
  }
}
