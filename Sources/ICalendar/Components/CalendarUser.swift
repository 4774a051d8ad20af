/// A person, room or other calendar user (RFC 5545 §3.3.3).
public struct CalendarUser: Sendable, Hashable {
  /// The email address without "mailto:"; another URI as it is, where there is no address.
  public var address: String
  /// The name to show (CN).
  public var commonName: String?
  /// The email address of the one who acts on the user's behalf (SENT-BY), without "mailto:".
  public var sentBy: String?

  /// Whether the address can receive mail, as far as its form tells.
  public var hasMailAddress: Bool {
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && address == Self.cleaned(address)
      && !address.unicodeScalars.contains { "<>()[],;:\\\"".unicodeScalars.contains($0) }
  }

  /// Makes a calendar user.
  public init(address: String, commonName: String? = nil, sentBy: String? = nil) {
    self.address = address
    self.commonName = commonName
    self.sentBy = sentBy
  }

  /// Reads an ORGANIZER or ATTENDEE; servers that name users by other URIs give the address in EMAIL (RFC 7986 §6.2).
  init(_ line: ContentLine) {
    address = Self.address(of: line, email: line.parameter("EMAIL"))
    commonName = line.parameter("CN")
    sentBy = line.parameter("SENT-BY").map(Self.address(of:))
  }

  var uri: String { Self.uri(of: address) }

  /// The address without white space and control characters.
  var cleanAddress: String { Self.cleaned(address) }

  /// CN and SENT-BY.
  func writeParameters(to lines: inout LineAssembler) {
    if let commonName { lines.parameter("CN", commonName) }
    if let sentBy { lines.parameter("SENT-BY", Self.uri(of: sentBy)) }
  }

  /// CN and SENT-BY.
  var parameters: [ContentLine.Parameter] {
    var parameters: [ContentLine.Parameter] = []
    if let commonName { parameters.append(.init("CN", commonName)) }
    if let sentBy { parameters.append(.init("SENT-BY", Self.uri(of: sentBy))) }
    return parameters
  }

  private static func uri(of address: String) -> String {
    let cleaned = cleaned(address)
    return cleaned.utf8.contains(UInt8(ascii: ":")) ? cleaned : "mailto:\(cleaned)"
  }

  static func address(of line: ContentLine, email: String?) -> String {
    let (octets, range) = (line.octets.span, line.valueRange)
    var address: String
    if range.count > 7, octets.isEqual(range.lowerBound..<range.lowerBound + 7, "MAILTO:") {
      address = cleaned(line.decoded(range.lowerBound + 7..<range.upperBound))
    } else {
      address = line.value
    }
    if address.utf8.contains(UInt8(ascii: ":")) || address == line.value {
      address = self.address(of: address)
    }
    return address.utf8.contains(UInt8(ascii: ":")) ? email ?? address : address
  }

  /// The address without "mailto:", which some write twice.
  static func address(of uri: String) -> String {
    var uri = cleaned(uri)
    // By octets: what an accent after the colon makes of it is no scheme of ours.
    while uri.utf8.count >= 7, zip(uri.utf8, "mailto:".utf8).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) {
      uri = String(decoding: uri.utf8.dropFirst(7), as: UTF8.self)
    }
    return uri
  }

  private static func cleaned(_ text: String) -> String {
    var text = text
    let isPlain = text.withUTF8 { octets in octets.allSatisfy { $0 > 0x20 && $0 < 0x7F } }
    if isPlain { return text }
    // By scalars: a space that bears an accent is a character of its own, and no white space.
    return String(
      String.UnicodeScalarView(text.withoutControls.unicodeScalars.filter { !$0.properties.isWhitespace })
    )
  }
}
