import CalendarCore
import Testing

@testable import IMAPDriver

/// A server that answers commands as it is told: the data for each, before the tagged `OK`.
final class ScriptedServer: IMAPLine {
  /// By how a command begins; the longest that fits counts.
  var answers: [String: String] = [
    "EXAMINE INBOX": "* 2 EXISTS\r\n* OK [UIDVALIDITY 7] numbered\r\n* OK [UIDNEXT 9] next\r\n"
  ]
  /// The tagged responses that replace `OK`, by how a command begins.
  var refusals: [String: String] = [:]
  private(set) var commands: [String] = []
  private var pending: [UInt8] = []
  /// Octets that arrive at once.
  var chunk = Int.max

  func send(_ octets: [UInt8]) throws(ProviderError) {
    let line = String(decoding: octets, as: UTF8.self)
    // CR and LF are one character.
    let parts = line.dropLast().split(separator: " ", maxSplits: 1).map(String.init)
    commands.append(parts[1])
    func told<Value>(_ all: [String: Value]) -> Value? {
      all.filter { parts[1].hasPrefix($0.key) }.max { $0.key.count < $1.key.count }?.value
    }
    pending += Array((told(answers) ?? "").utf8)
    pending += Array("\(parts[0]) \(told(refusals) ?? "OK done")\r\n".utf8)
  }

  func receive() throws(ProviderError) -> [UInt8] {
    guard !pending.isEmpty else { throw .unavailable(reason: "The mail server closed the connection.") }
    defer { pending.removeFirst(min(chunk, pending.count)) }
    return Array(pending.prefix(chunk))
  }

  func look(after position: InboxPosition? = nil) throws(ProviderError) -> InboxScanResult {
    try InboxScan(IMAPConversation(self)).findings(after: position)
  }

  /// Answers with a literal, so that the text may be anything.
  static func literal(_ text: String) -> String { "{\(text.utf8.count)}\r\n\(text)" }
}
