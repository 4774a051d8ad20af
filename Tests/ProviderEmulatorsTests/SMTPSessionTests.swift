import Testing

@testable import ProviderEmulators

@Suite(.timeLimit(.minutes(5))) struct SMTPSessionTests {
  private func talk(_ text: String, limit: Int = 1000, hasSMTPUTF8: Bool = true) -> (
    codes: [String], mails: [MailMessage], isOver: Bool
  ) {
    var session = SMTPSession(messageLimit: limit, hasSMTPUTF8: hasSMTPUTF8)
    let output = session.receive(text.utf8)
    let codes = output.replies.split(separator: "\r\n").filter { !$0.dropFirst(3).hasPrefix("-") }
    return (codes.map { String($0.prefix(3)) }, output.delivered, output.isOver)
  }

  private let opening =
    "EHLO me\r\nMAIL FROM:<a@example.com> SIZE=10 BODY=8BITMIME\r\nRCPT TO:<b@example.org>\r\n"

  @Test func `commands that come together are all answered, and the mail arrives whole`() {
    let talk = talk(opening + "RCPT TO:<c@example.org>\r\nDATA\r\nSubject: x\r\n\r\n..dot\r\n.\r\nQUIT\r\n")
    #expect(talk.codes == ["250", "250", "250", "250", "354", "250", "221"])
    let mail = MailMessage(
      from: "a@example.com",
      to: ["b@example.org", "c@example.org"],
      raw: "Subject: x\r\n\r\n.dot\r\n"
    )
    #expect(talk.mails == [mail])
    #expect(talk.isOver)
  }

  @Test func `bytes may arrive one by one`() {
    var session = SMTPSession(messageLimit: 1000)
    var mails: [MailMessage] = []
    for byte in (opening + "DATA\r\nHé\r\n.\r\n").utf8 { mails += session.receive([byte]).delivered }
    #expect(mails.map(\.raw) == ["Hé\r\n"])
  }

  @Test func `a reset forgets the envelope`() {
    let talk = talk(
      opening + "RSET\r\nDATA\r\nNOOP\r\nMAIL FROM:<>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n.\r\n"
    )
    #expect(talk.codes == ["250", "250", "250", "250", "503", "250", "250", "250", "354", "250"])
    #expect(talk.mails.map(\.from) == [""])
  }

  @Test func `what is out of order or malformed is refused`() {
    #expect(talk("MAIL FROM:<a@example.com>\r\n").codes == ["503"])
    #expect(talk("EHLO me\r\nRCPT TO:<b@example.org>\r\nDATA\r\n").codes == ["250", "503", "503"])
    #expect(
      talk("EHLO\r\nEHLO me\r\nMAIL FROM:a@example.com\r\nMAIL TO:<a>\r\n").codes == [
        "501", "250", "501", "501",
      ]
    )
    #expect(
      talk(opening + "MAIL FROM:<c@example.com>\r\nRCPT TO:<nobody>\r\nSTARTTLS\r\n").codes.suffix(3) == [
        "503", "501", "502",
      ]
    )
  }

  @Test func `a mail over the limit is refused, announced or not, and the next one taken`() {
    #expect(talk("EHLO me\r\nMAIL FROM:<a@example.com> SIZE=1001\r\n").codes == ["250", "552"])
    let long = String(repeating: "x", count: 80) + "\r\n"
    let large = opening + "DATA\r\n" + String(repeating: long, count: 20) + ".\r\n"
    let talk = talk(large + opening + "DATA\r\nsmall\r\n.\r\n")
    #expect(talk.codes.contains("552"))
    #expect(talk.mails.map(\.raw) == ["small\r\n"])
  }

  /// RFC 6531 §3.4, §3.5.
  @Test func `an address beyond ASCII needs SMTPUTF8, offered and asked for`() {
    let unicode = "EHLO me\r\nMAIL FROM:<a@example.com> SMTPUTF8\r\nRCPT TO:<jörg@example.org>\r\n"
    #expect(talk(unicode).codes == ["250", "250", "250"])
    #expect(talk(unicode, hasSMTPUTF8: false).codes == ["250", "555", "503"])
    for hasSMTPUTF8 in [true, false] {
      #expect(
        talk(opening + "RCPT TO:<jörg@example.org>\r\nRSET\r\n", hasSMTPUTF8: hasSMTPUTF8).codes
          == ["250", "250", "250", "553", "250"]
      )
      let sender = "EHLO me\r\nMAIL FROM:<jörg@example.com>\r\nMAIL FROM:<a@example.com>\r\n"
      #expect(talk(sender, hasSMTPUTF8: hasSMTPUTF8).codes == ["250", "553", "250"])
    }
    // A new mail has to ask for it again.
    let second = "DATA\r\n.\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<jörg@example.org>\r\n"
    #expect(talk(unicode + second).codes.suffix(4) == ["354", "250", "250", "553"])
  }

  @Test func `a line without end closes the conversation`() {
    let talk = talk(String(repeating: "x", count: 10_000))
    #expect(talk.codes == ["500"])
    #expect(talk.isOver)
  }
}
