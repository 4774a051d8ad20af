import CalendarCore
import ProviderKit

/// A connection that carries octets to an IMAP server and back.
protocol IMAPLine {
  func send(_ octets: [UInt8]) throws(ProviderError)
  /// The received octets, at least one.
  func receive() throws(ProviderError) -> [UInt8]
}

extension MailServerConnection: IMAPLine {}

/// Commands and their answers (RFC 3501 §2.2), after the greeting and the login.
final class IMAPConversation {
  private let line: any IMAPLine
  private var unread: ArraySlice<UInt8> = []
  private var commands = 0
  private var received = 0

  /// Octets of one response with its literals.
  static let largestResponse = 1 << 20
  /// Octets of everything that a server says in one conversation.
  static let maximumOctets = 16 << 20

  init(_ line: any IMAPLine) { self.line = line }

  /// The data that the server answers with, as it came; throws where it says NO or BAD.
  func command(_ text: String) throws(ProviderError) -> [IMAPResponse] {
    commands += 1
    let tag = "p\(commands)"
    try line.send(Array("\(tag) \(text)\r\n".utf8))
    var data: [IMAPResponse] = []
    while true {
      let response = try nextResponse()
      if let rest = response.line(after: "* ") {
        data.append(IMAPResponse(octets: rest))
      } else if let rest = response.line(after: "\(tag) ") {
        let word = String(decoding: rest.prefix { $0 != 0x20 }, as: UTF8.self).uppercased()
        guard word == "OK" else {
          throw .rejected(reason: Messages.mailboxUnreadable(word))
        }
        return data
      }
      // Anything else belongs to nothing that was asked.
    }
  }

  /// A line, with the literals that it announces.
  private func nextResponse() throws(ProviderError) -> IMAPResponse {
    var octets: [UInt8] = []
    while true {
      let line = try take(through: 0x0A, atMost: Self.largestResponse - octets.count)
      octets += line
      guard let literal = IMAPResponse.literal(announcedBy: line) else { break }
      guard literal <= Self.largestResponse - octets.count else { throw Self.tooLarge }
      octets += try take(literal)
    }
    while let last = octets.last, last == 0x0A || last == 0x0D { octets.removeLast() }
    return IMAPResponse(octets: octets)
  }

  private func take(through end: UInt8, atMost most: Int) throws(ProviderError) -> ArraySlice<UInt8> {
    var looked = unread.startIndex
    while true {
      if let index = unread[looked...].firstIndex(of: end) {
        guard index - unread.startIndex < most else { throw Self.tooLarge }
        defer { unread = unread[(index + 1)...] }
        return unread[...index]
      }
      guard unread.count < most else { throw Self.tooLarge }
      let count = unread.count
      try fetch()
      looked = unread.startIndex + count
    }
  }

  private func take(_ count: Int) throws(ProviderError) -> ArraySlice<UInt8> {
    while unread.count < count { try fetch() }
    defer { unread = unread.dropFirst(count) }
    return unread.prefix(count)
  }

  private func fetch() throws(ProviderError) {
    let more = try line.receive()
    received += more.count
    guard received <= Self.maximumOctets else { throw Self.tooLarge }
    unread += more
  }

  private static let tooLarge = ProviderError.malformedReply(reason: Messages.responseTooLong)
}
