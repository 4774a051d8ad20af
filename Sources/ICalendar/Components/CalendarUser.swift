/// A person, room or other calendar user (RFC 5545 §3.3.3).
public struct CalendarUser: Sendable, Hashable {
  /// The email address without "mailto:"; another URI as it is, where there is no address.
  ///
  /// Another address is another user: setting one forgets `serverURI`.
  public var address: String {
    didSet { if address != oldValue { serverURI = nil } }
  }
  /// The name to show (CN).
  public var commonName: String?
  /// The email address of the one who acts on the user's behalf (SENT-BY), without "mailto:".
  public var sentBy: String?
  /// The URI or path by which a server names the user, where `address` came from EMAIL (RFC 7986 §6.2).
  public private(set) var serverURI: String?

  /// Whether the address can receive mail, as far as its form tells.
  public var hasMailAddress: Bool {
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
      && address == CalendarAddress.mailAddress(of: address)
      && !address.unicodeScalars.contains { "<>()[],;:\\\"".unicodeScalars.contains($0) }
  }

  /// Makes a calendar user.
  public init(address: String, commonName: String? = nil, sentBy: String? = nil) {
    self.address = address
    self.commonName = commonName
    self.sentBy = sentBy
  }

  /// Reads an ORGANIZER or ATTENDEE; servers that name users by other URIs give the address in EMAIL (RFC 7986 §6.2).
  public init(_ line: ContentLine) {
    var (email, commonName, sentBy): (String?, String?, String?)
    line.forEachParameter { name, values in
      let octets = line.octets.span
      if octets.isEqual(name, "CN") {
        commonName = commonName ?? line.firstValue(in: values)
      } else if octets.isEqual(name, "EMAIL") {
        email = email ?? line.firstValue(in: values)
      } else if octets.isEqual(name, "SENT-BY") {
        sentBy = sentBy ?? line.firstValue(in: values)
      }
      return true
    }
    self.init(line, email: email, commonName: commonName, sentBy: sentBy)
  }

  /// Reads an ORGANIZER; nil where it names nobody, as in "ORGANIZER:" and "ORGANIZER:mailto:".
  init?(organizer line: ContentLine) {
    self.init(line)
    if address.isEmpty { return nil }
  }

  init(_ line: ContentLine, email: String?, commonName: String?, sentBy: String?) {
    let (octets, range) = (line.octets.span, line.valueRange)
    let scheme = range.lowerBound..<min(range.lowerBound + 7, range.upperBound)
    if octets.isEqual(scheme, "MAILTO:") {
      let recipient = scheme.upperBound..<range.upperBound
      let text = line.decoded(recipient)
      // Mostly it is plain, and says nothing but the address.
      address = octets.isPlainAddress(recipient) ? text : CalendarAddress.recipient(text)
    } else {
      address = CalendarAddress.mailAddress(of: line.value)
    }
    self.commonName = commonName
    self.sentBy = sentBy.map { CalendarAddress.mailAddress(of: $0) }
    guard let email, !email.isEmpty, !Self.isMailAddress(address) else { return }
    address = CalendarAddress.mailAddress(of: email)
    serverURI = line.value
  }

  /// Whether both are the same person: they have the same address, or the server names them by the same URI.
  public func isSame(as other: CalendarUser) -> Bool {
    key == other.key || serverURI.map { $0 == other.serverURI || $0 == other.address } ?? false
      || other.serverURI.map { $0 == address } ?? false
  }

  /// The address in the form in which addresses are compared.
  var key: String { Self.key(of: address) }

  /// An address, with or without "mailto:", in the form in which addresses are compared.
  static func key(of address: String) -> String { CalendarAddress(address).text }

  /// The value of ORGANIZER or ATTENDEE.
  var uri: String { serverURI ?? Self.uri(of: address) }

  /// Appends the value of ORGANIZER or ATTENDEE.
  func appendURI(to octets: inout [UInt8]) {
    var address = address
    let isPlain =
      serverURI == nil
      && address.withUTF8 { address in
        guard !address.isEmpty, address.allSatisfy(\.isPlainInAddress) else { return false }
        octets.append(contentsOf: "mailto:".utf8)
        octets.append(contentsOf: address)
        return true
      }
    if !isPlain { octets.appendWithoutControls(uri) }
  }

  /// CN and SENT-BY, and EMAIL where the value is no email address.
  func writeParameters(to lines: inout LineAssembler) {
    if let commonName { lines.parameter("CN", commonName) }
    if serverURI != nil { lines.parameter("EMAIL", address) }
    if let sentBy { lines.parameter("SENT-BY", Self.uri(of: sentBy)) }
  }

  /// The user's parameters as a list.
  var parameters: [ContentLine.Parameter] {
    var parameters: [ContentLine.Parameter] = []
    if let commonName { parameters.append(.init("CN", commonName)) }
    if serverURI != nil { parameters.append(.init("EMAIL", address)) }
    if let sentBy { parameters.append(.init("SENT-BY", Self.uri(of: sentBy))) }
    return parameters
  }

  /// The address as a URI; what is no email address as it is.
  private static func uri(of address: String) -> String {
    let address = CalendarAddress.mailAddress(of: address)
    let isOther = address.isEmpty || address.utf8.contains(.colon) || address.utf8.contains(UInt8(ascii: "/"))
    return isOther && !isMailAddress(address) ? address : CalendarAddress.mailto(address)
  }

  /// Whether the text is neither a URI nor a path.
  private static func isMailAddress(_ text: String) -> Bool {
    guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")), at != text.utf8.startIndex else {
      return false
    }
    return !text.utf8.contains(.colon) && text.utf8.first != UInt8(ascii: "/")
  }
}

extension Span<UInt8> {
  fileprivate func isPlainAddress(_ range: Range<Int>) -> Bool {
    for position in range where !self[position].isPlainInAddress { return false }
    return true
  }
}

extension UInt8 {
  /// Whether the octet is visible ASCII, and none of the signs that mean something else in a URI.
  @inline(__always)
  fileprivate var isPlainInAddress: Bool {
    switch self {
    case UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "#"): false
    default: 0x21...0x7E ~= self
    }
  }
}
