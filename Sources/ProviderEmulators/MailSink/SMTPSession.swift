import Foundation

/// One SMTP session (RFC 5321), without sockets: bytes in, replies out.
struct SMTPSession {
  struct Output {
    var replies = ""
    var delivered: [MailMessage] = []
    var isOver = false
  }

  private enum Phase: Equatable {
    case commands, data
  }

  private let messageLimit: Int
  /// Whether addresses may have non-ASCII characters (RFC 6531).
  private let hasSMTPUTF8: Bool
  private var phase = Phase.commands
  private var hasGreeted = false
  private var buffer: [UInt8] = []
  private var sender: String?
  /// Whether the client has requested SMTPUTF8.
  private var isUnicode = false
  private var recipients: [String] = []
  private var content: [UInt8] = []
  private var isTooLarge = false

  /// RFC 5321 §4.5.3.1: 512 octets for a command, 1000 for a text line; extensions may need more.
  private static let lineLimit = 8192
  private static let recipientLimit = 500

  static let greeting = "220 localhost ESMTP mail sink\r\n"

  init(messageLimit: Int, hasSMTPUTF8: Bool = true) {
    self.messageLimit = messageLimit
    self.hasSMTPUTF8 = hasSMTPUTF8
  }

  /// Processes received bytes; commands may be pipelined (RFC 2920).
  mutating func receive(_ bytes: some Sequence<UInt8>) -> Output {
    var output = Output()
    buffer.append(contentsOf: bytes)
    var start = buffer.startIndex
    while !output.isOver, let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
      var line = buffer[start..<end]
      if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
      if phase == .data { take(line, &output) } else { obey(line, &output) }
      start = buffer.index(after: end)
    }
    buffer.removeSubrange(..<start)
    if buffer.count > Self.lineLimit, !output.isOver {
      // An endless line would fill the memory.
      output.replies += "500 5.5.2 Line too long\r\n"
      output.isOver = true
    }
    return output
  }

  private mutating func take(_ line: ArraySlice<UInt8>, _ output: inout Output) {
    guard !line.elementsEqual([UInt8(ascii: ".")]) else { return finishData(&output) }
    // The client doubled a leading dot (RFC 5321 §4.5.2).
    let text = line.first == UInt8(ascii: ".") ? line.dropFirst() : line
    guard content.count + text.count + 2 <= messageLimit else {
      isTooLarge = true
      content = []
      return
    }
    if !isTooLarge {
      content += text
      content += [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    }
  }

  private mutating func finishData(_ output: inout Output) {
    if isTooLarge {
      output.replies += "552 5.3.4 Message too big\r\n"
    } else {
      let raw = String(decoding: content, as: UTF8.self)
      output.delivered.append(MailMessage(from: sender ?? "", to: recipients, raw: raw))
      output.replies += "250 2.0.0 OK\r\n"
    }
    reset()
  }

  private mutating func reset() {
    phase = .commands
    sender = nil
    isUnicode = false
    recipients = []
    content = []
    isTooLarge = false
  }

  private mutating func obey(_ line: ArraySlice<UInt8>, _ output: inout Output) {
    let text = String(decoding: line, as: UTF8.self)
    let verb = text.prefix { $0 != " " }.uppercased()
    let argument = text.dropFirst(verb.count).trimmingCharacters(in: .whitespaces)
    switch verb {
    case "EHLO", "HELO":
      guard !argument.isEmpty else { return output.replies += "501 5.5.4 Name missing\r\n" }
      hasGreeted = true
      reset()
      output.replies +=
        verb == "HELO"
        ? "250 localhost\r\n"
        : "250-localhost\r\n250-PIPELINING\r\n250-8BITMIME\r\n\(hasSMTPUTF8 ? "250-SMTPUTF8\r\n" : "")"
          + "250-ENHANCEDSTATUSCODES\r\n250 SIZE \(messageLimit)\r\n"
    case "MAIL": output.replies += mail(argument)
    case "RCPT": output.replies += recipient(argument)
    case "DATA": output.replies += data()
    case "RSET":
      reset()
      output.replies += "250 2.0.0 OK\r\n"
    case "NOOP": output.replies += "250 2.0.0 OK\r\n"
    case "VRFY": output.replies += "252 2.5.2 Cannot verify\r\n"
    case "QUIT":
      output.replies += "221 2.0.0 Bye\r\n"
      output.isOver = true
    default: output.replies += "502 5.5.1 Command not implemented\r\n"
    }
  }

  private mutating func mail(_ argument: String) -> String {
    guard hasGreeted else { return "503 5.5.1 Say EHLO first\r\n" }
    guard sender == nil else { return "503 5.5.1 Sender already given\r\n" }
    guard let (path, parameters) = Self.path(argument, after: "FROM:") else {
      return "501 5.1.7 Bad sender address\r\n"
    }
    // RFC 1870 §5: refuse at once a message that is announced as too large.
    for parameter in parameters where parameter.uppercased().hasPrefix("SIZE=") {
      guard let size = Int(parameter.dropFirst(5)) else { return "501 5.5.4 Bad SIZE\r\n" }
      if size > messageLimit { return "552 5.3.4 Message too big\r\n" }
    }
    isUnicode = parameters.contains { $0.uppercased() == "SMTPUTF8" }
    // RFC 5321 §4.1.1.11.
    guard hasSMTPUTF8 || !isUnicode else { return "555 5.5.4 SMTPUTF8 not supported\r\n" }
    guard isPermitted(path) else { return Self.needsSMTPUTF8 }
    sender = path
    return "250 2.1.0 OK\r\n"
  }

  private mutating func recipient(_ argument: String) -> String {
    guard sender != nil else { return "503 5.5.1 Give the sender first\r\n" }
    guard let (path, _) = Self.path(argument, after: "TO:"), path.contains("@") else {
      return "501 5.1.3 Bad recipient address\r\n"
    }
    guard isPermitted(path) else { return Self.needsSMTPUTF8 }
    guard recipients.count < Self.recipientLimit else { return "452 4.5.3 Too many recipients\r\n" }
    recipients.append(path)
    return "250 2.1.5 OK\r\n"
  }

  private static let needsSMTPUTF8 = "553 5.6.7 SMTPUTF8 is required\r\n"

  /// RFC 6531 §3.5: a non-ASCII address is rejected unless its client has requested SMTPUTF8.
  private func isPermitted(_ path: String) -> Bool { isUnicode || path.utf8.allSatisfy { $0 < 0x80 } }

  private mutating func data() -> String {
    guard sender != nil, !recipients.isEmpty else { return "503 5.5.1 Give sender and recipients first\r\n" }
    phase = .data
    return "354 End with a line that is a dot\r\n"
  }

  /// The address of `FROM:<a@b> SIZE=1`, and what follows it.
  private static func path(_ argument: String, after keyword: String) -> (String, [String])? {
    guard argument.uppercased().hasPrefix(keyword) else { return nil }
    let rest = argument.dropFirst(keyword.count).trimmingCharacters(in: .whitespaces)
    guard rest.hasPrefix("<"), let end = rest.firstIndex(of: ">") else { return nil }
    let path = rest[rest.index(after: rest.startIndex)..<end]
    guard path.utf8.count <= 254, !path.contains(where: { $0.isWhitespace || $0 == "<" }) else { return nil }
    return (String(path), rest[rest.index(after: end)...].split(separator: " ").map(String.init))
  }
}
