import Foundation

/// The part of a mail that may be an answer to an invitation.
struct CalendarPart: Hashable {
  /// Its number in the mail (RFC 3501 §6.4.5).
  let section: String
  let encoding: String
  let charset: String?

  /// Octets as they are sent.
  static let largest = 384 << 10

  /// Found in a mail's structure (RFC 3501 §7.4.2, BODYSTRUCTURE); nil when there is none.
  ///
  /// A file that says that it is anything but an answer is not one, and an email within an email is not for the account. The same
  /// answer is often there twice, the second time as a file to be saved.
  init?(in structure: IMAPValue) {
    let found = Self.parts(of: structure, section: "", depth: 0)
    guard let part = found.first(where: { $0.isText }) ?? found.first else { return nil }
    self = part.part
  }

  private init(section: String, encoding: String, charset: String?) {
    self.section = section
    self.encoding = encoding
    self.charset = charset
  }

  private static func parts(
    of structure: IMAPValue,
    section: String,
    depth: Int
  ) -> [(part: CalendarPart, isText: Bool)] {
    guard depth < 16, let values = structure.values, let first = values.first else { return [] }
    if first.values != nil {
      let bodies = values.prefix { $0.values != nil }
      return bodies.enumerated().flatMap { index, body in
        parts(
          of: body,
          section: section.isEmpty ? "\(index + 1)" : "\(section).\(index + 1)",
          depth: depth + 1
        )
      }
    }
    guard values.count >= 7, let type = first.word, let subtype = values[1].word,
      let size = values[6].number, size <= largest
    else { return [] }
    let isText = type == "TEXT" && subtype == "CALENDAR"
    guard isText || type == "APPLICATION" && subtype == "ICS" else { return [] }
    let parameters = values[2].values ?? []
    func parameter(_ name: String) -> String? {
      parameters.indices.first { $0 % 2 == 0 && parameters[$0].word == name && $0 + 1 < parameters.count }
        .flatMap { parameters[$0 + 1].word }
    }
    guard ["REPLY", nil].contains(parameter("METHOD")) else { return [] }
    let part = CalendarPart(
      section: section.isEmpty ? "1" : section,
      encoding: values[5].word ?? "7BIT",
      charset: parameter("CHARSET")
    )
    return [(part, isText)]
  }

  /// The text that was sent as these octets (RFC 2045 §6); nil where that cannot be told.
  func text(_ octets: [UInt8]) -> String? {
    let plain: [UInt8]
    switch encoding {
    case "BASE64":
      guard let data = Data(base64Encoded: Data(octets), options: .ignoreUnknownCharacters) else {
        return nil
      }
      plain = Array(data)
    case "QUOTED-PRINTABLE": plain = Self.unquoted(octets)
    default: plain = octets
    }
    // Whatever the label says, what is UTF-8 is meant to be.
    if let text = String(validating: plain, as: UTF8.self) { return text }
    switch charset {
    case "WINDOWS-1252": return String(data: Data(plain), encoding: .windowsCP1252)
    case "WINDOWS-1250": return String(data: Data(plain), encoding: .windowsCP1250)
    case "ISO-8859-2": return String(data: Data(plain), encoding: .isoLatin2)
    case "UTF-16": return String(data: Data(plain), encoding: .utf16)
    default: return String(data: Data(plain), encoding: .isoLatin1)
    }
  }

  /// Without the encoding of RFC 2045 §6.7; what is not of it is left as it is.
  private static func unquoted(_ octets: [UInt8]) -> [UInt8] {
    var plain: [UInt8] = []
    var rest = octets[...]
    while let next = rest.popFirst() {
      guard next == UInt8(ascii: "=") else {
        plain.append(next)
        continue
      }
      let lineEnd = rest.prefix { [0x20, 0x09, 0x0D].contains($0) }
      if rest[lineEnd.endIndex...].first == 0x0A {
        rest = rest[(lineEnd.endIndex + 1)...]
      } else if let octet = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), rest.count >= 2
      {
        plain.append(octet)
        rest = rest.dropFirst(2)
      } else if !rest.isEmpty {
        plain.append(next)
      }
    }
    return plain
  }
}
