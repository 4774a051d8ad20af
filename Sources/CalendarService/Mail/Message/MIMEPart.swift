import Foundation

/// A part of a message's body (RFC 2045, RFC 2046).
indirect enum MIMEPart: Sendable {
  /// `fields` are those besides Content-Type and Content-Transfer-Encoding.
  case leaf(type: [String], fields: [HeaderField] = [], encoding: Encoding, content: [UInt8])
  case multipart(String, [MIMEPart])

  enum Encoding: String, Sendable {
    case quotedPrintable = "quoted-printable"
    case base64
  }

  /// Text in UTF-8.
  static func text(_ subtype: String, _ content: String) -> MIMEPart {
    .leaf(
      type: ["text/\(subtype);", "charset=UTF-8"],
      encoding: .quotedPrintable,
      content: Array(content.utf8)
    )
  }

  /// The part with its header.
  ///
  /// `boundary` is one that no content can contain: the parts within have longer ones.
  func octets(boundary: String) -> [UInt8] { pieces(boundary: boundary).flatMap(\.octets) }

  /// The number of octets, counted without encoding any file.
  func size(boundary: String) -> Int { pieces(boundary: boundary).reduce(0) { $0 + $1.size } }

  /// A stretch of a part, not encoded yet.
  private enum Piece {
    case plain([UInt8])
    case quotedPrintable([UInt8])
    case base64([UInt8])

    var octets: [UInt8] {
      switch self {
      case .plain(let octets): octets
      case .quotedPrintable(let content): MIMEPart.quotedPrintable(content)
      case .base64(let content): MIMEPart.base64(content)
      }
    }

    var size: Int {
      guard case .base64(let content) = self else { return octets.count }
      let digits = (content.count + 2) / 3 * 4
      // Lines of 76 with a line break between them.
      return digits + max(0, digits - 1) / 76 * 2
    }
  }

  private func pieces(boundary: String) -> [Piece] {
    switch self {
    case .leaf(let type, let fields, let encoding, let content):
      var header = HeaderField("Content-Type", tokens: type).octets
      header += HeaderField("Content-Transfer-Encoding", tokens: [encoding.rawValue]).octets
      header += fields.flatMap(\.octets)
      header += [0x0D, 0x0A]
      return [.plain(header), encoding == .base64 ? .base64(content) : .quotedPrintable(content)]
    case .multipart(let subtype, let parts):
      let type = ["multipart/\(subtype);", "boundary=\"\(boundary)\""]
      var pieces = [Piece.plain(HeaderField("Content-Type", tokens: type).octets + [0x0D, 0x0A])]
      for (number, part) in parts.enumerated() {
        pieces.append(.plain(Array("--\(boundary)\r\n".utf8)))
        pieces += part.pieces(boundary: "\(boundary)\(number)_")
        pieces.append(.plain([0x0D, 0x0A]))
      }
      return pieces + [.plain(Array("--\(boundary)--\r\n".utf8))]
    }
  }

  private static func base64(_ content: [UInt8]) -> [UInt8] {
    let options: Data.Base64EncodingOptions = [
      .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
    ]
    return Array(Data(content).base64EncodedData(options: options))
  }

  /// RFC 2045 §6.7; ends of lines, in whatever form, become CRLF.
  static func quotedPrintable(_ content: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    var octets: [UInt8] = []
    octets.reserveCapacity(content.count + content.count / 8)
    var line = 0
    var index = 0
    while index < content.count {
      let byte = content[index]
      index += 1
      if byte == 0x0A || byte == 0x0D {
        if byte == 0x0D, index < content.count, content[index] == 0x0A { index += 1 }
        octets += [0x0D, 0x0A]
        line = 0
        continue
      }
      // A blank at a line's end gets lost on the way, and a dot at its beginning may.
      let isLast = index == content.count || content[index] == 0x0A || content[index] == 0x0D
      let isBlank = byte == 0x20 || byte == 0x09
      let isPlain = (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=") || isBlank && !isLast
      if line + (isPlain ? 1 : 3) > 75 {
        octets += Array("=\r\n".utf8)
        line = 0
      }
      let width = isPlain && !(byte == UInt8(ascii: ".") && line == 0) ? 1 : 3
      octets += width == 1 ? [byte] : [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      line += width
    }
    return octets
  }
}
