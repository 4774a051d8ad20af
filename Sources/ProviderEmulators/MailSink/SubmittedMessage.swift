import Foundation

/// A message that an application submits (RFC 5322), as services read it that accept whole messages.
struct SubmittedMessage {
  /// The header's fields in their order, unfolded.
  private let fields: [(name: String, value: String)]
  private let header: [String]
  private let body: String

  /// Parses a message; nil when it has no header.
  init?(_ octets: Data) {
    let text = String(decoding: octets, as: UTF8.self)
    guard let end = text.range(of: "\r\n\r\n") else { return nil }
    body = String(text[end.lowerBound...])
    // Folded lines belong to the line before them.
    header = text[..<end.lowerBound].components(separatedBy: "\r\n").reduce(into: []) { lines, line in
      if line.first == " " || line.first == "\t", !lines.isEmpty {
        lines[lines.count - 1] += "\r\n" + line
      } else {
        lines.append(line)
      }
    }
    var fields: [(name: String, value: String)] = []
    for line in header {
      guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else { return nil }
      let value = line[line.index(after: colon)...].replacing("\r\n", with: "")
      fields.append((line[..<colon].lowercased(), value.trimmingCharacters(in: .whitespaces)))
    }
    self.fields = fields
  }

  func addresses(_ name: String) -> [String] {
    fields.filter { $0.name == name }.flatMap { Self.addresses(in: $0.value) }
  }

  /// Everyone whom the message names, each once.
  var recipients: [String] {
    var seen: Set<String> = []
    return ["to", "cc", "bcc"].flatMap(addresses).filter { seen.insert($0.lowercased()).inserted }
  }

  /// The message as its recipients get it, without Bcc; `sender` replaces the address in From.
  func delivered(from sender: (address: String, name: String)? = nil) -> String {
    header.compactMap { line -> String? in
      let name = line.prefix { $0 != ":" }.lowercased()
      if name == "bcc" { return nil }
      guard name == "from", let sender else { return line }
      return "From: \(MailText.phrase(sender.name)) <\(sender.address)>"
    }.joined(separator: "\r\n") + body
  }

  /// The addresses of a list (RFC 5322 §3.4), quoted names and comments left out.
  private static func addresses(in list: String) -> [String] {
    var found: [String] = []
    var (current, angle, isQuoted, isEscaped) = ("", nil as String?, false, false)
    func end() {
      let address = (angle ?? current).trimmingCharacters(in: .whitespaces)
      if address.contains("@") { found.append(address) }
      current = ""
      angle = nil
    }
    var isInAngle = false
    for character in list {
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        if character == "\\" { isEscaped = true }
        if character == "\"" { isQuoted = false }
      } else if isInAngle {
        if character == ">" { isInAngle = false } else { angle = (angle ?? "") + String(character) }
      } else {
        switch character {
        case "\"": isQuoted = true
        case "<": (isInAngle, angle) = (true, "")
        case ",": end()
        default: current.append(character)
        }
      }
    }
    end()
    return found
  }
}
