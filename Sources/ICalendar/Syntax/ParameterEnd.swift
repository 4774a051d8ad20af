/// Finds the colon before the value of a line whose parameters may hold colons without quotes.
///
/// It is the first outside of quotes (RFC 5545 §3.1), unless what follows that one cannot be the property's value.
struct ParameterEnd {
  private let octets: [UInt8]
  private let nameLength: Int

  init(_ octets: [UInt8], name nameLength: Int) {
    self.octets = octets
    self.nameLength = nameLength
  }

  /// Where the colon is; nil where there is none.
  ///
  /// Notes when it is another than the first.
  func find(_ isOther: inout Bool) -> Int? {
    let colons = candidates()
    guard let first = colons.first else { return nil }
    guard octets[nameLength] == .semicolon else { return first }
    let plain = colons.first { !isEscaped($0) } ?? first
    let chosen = chosen(of: colons, plain) ?? plain
    if chosen != first { isOther = true }
    return chosen
  }

  private func chosen(of colons: [Int], _ plain: Int) -> Int? {
    let known = PropertyName(octets.span, 0..<nameLength)
    switch known?.valueShape ?? (saysURI(before: plain) ? .uri : .text) {
    case .time: return colons.first { isTime(from: $0 + 1) }
    case .address:
      return colons.first { octets.span.isEqual(from: $0 + 1, "MAILTO:") }
        ?? colons.first {
          isURI(from: $0 + 1) || $0 + 1 < octets.count && octets[$0 + 1] == UInt8(ascii: "/")
        }
    case .uri: return colons.first { isURI(from: $0 + 1) }
    case .text:
      guard endsInScheme(plain) else { return nil }
      // A URI without its quotes: the port, too, has a colon.
      return colons.first { $0 > plain && !isPort(from: $0 + 1) }
    }
  }

  /// The colons outside of quotes; of hostile lines only the first.
  private func candidates() -> [Int] {
    var found: [Int] = []
    var position = nameLength
    var beginsValue = false
    var isInValue = false
    while position < octets.count, found.count < 32 {
      let octet = octets[position]
      if octet == .quote, beginsValue, let close = octets[(position + 1)...].firstIndex(of: .quote) {
        position = close
        beginsValue = false
      } else {
        if octet == .colon { found.append(position) }
        beginsValue = octet == .comma && isInValue || octet == .equals && !isInValue
        if octet == .equals { isInValue = true }
        if octet == .semicolon { isInValue = false }
      }
      position += 1
      // All that follows is the value of a line without parameters.
      if octets[nameLength] == .colon { break }
    }
    return found
  }

  private func isEscaped(_ position: Int) -> Bool {
    var start = position
    while start > nameLength, octets[start - 1] == .backslash { start -= 1 }
    return (position - start) % 2 == 1
  }

  /// Whether a date or time begins there, the first of a list or of a period.
  private func isTime(from start: Int) -> Bool {
    let value = octets[start...].prefix(64).prefix { $0 != .comma && $0 != UInt8(ascii: "/") }
    return octets.span.tolerantTimeValue(start..<value.endIndex) != nil
  }

  /// Whether a scheme with its colon begins there.
  private func isURI(from start: Int) -> Bool {
    guard start < octets.count, (0x41...0x5A).contains(octets[start] & 0xDF) else { return false }
    let end = octets[start...].prefix { $0.isInScheme }.endIndex
    return end < octets.count && octets[end] == .colon
  }

  /// Whether the parameters before the first colon say VALUE=URI.
  private func saysURI(before colon: Int) -> Bool {
    String(decoding: octets[nameLength..<colon], as: UTF8.self).uppercased().contains(";VALUE=URI")
  }

  /// Whether the parameter before the colon is a URI of which there is the scheme only.
  private func endsInScheme(_ colon: Int) -> Bool {
    let head = octets[nameLength..<colon]
    guard let semicolon = head.lastIndex(of: .semicolon),
      let equals = head[semicolon...].firstIndex(of: .equals), equals + 1 < colon
    else { return false }
    let name = String(decoding: head[(semicolon + 1)..<equals], as: UTF8.self).uppercased()
    return ParameterDefinition.of(name)?.form == .uri && head[(equals + 1)...].allSatisfy { $0.isInScheme }
  }

  private func isPort(from start: Int) -> Bool {
    let digits = octets[start...].prefix { (0x30...0x39).contains($0) }
    return !digits.isEmpty && digits.endIndex < octets.count && octets[digits.endIndex] == UInt8(ascii: "/")
  }
}

extension PropertyName {
  /// The form that a value must have, as far as it tells where the parameters end.
  enum ValueShape {
    case time, address, uri, text
  }

  var valueShape: ValueShape {
    switch self {
    case .dtstart, .dtend, .due, .recurrenceID, .exdate, .rdate, .dtstamp, .created, .lastModified,
      .completed,
      .acknowledged, .tzuntil:
      .time
    case .attendee, .organizer, .calendarAddress: .address
    case .url, .attach, .image, .conference, .source, .tzurl, .link, .concept: .uri
    default: .text
    }
  }
}

extension UInt8 {
  /// Letters, digits, "+", "-" and "." (RFC 3986 §3.1).
  var isInScheme: Bool { isInName && self != UInt8(ascii: "_") || self == UInt8(ascii: "+") }
}

extension Span<UInt8> {
  /// Whether a text in upper case and ASCII begins there, letter case aside.
  func isEqual(from start: Int, _ text: StaticString) -> Bool {
    let end = start + text.utf8CodeUnitCount
    return end <= count && isEqual(start..<end, text)
  }

  /// Whether a line that was read up to its first colon may have its value behind a later one.
  ///
  /// Asked of every line with parameters, so it looks at few octets; `ParameterEnd` decides.
  func mayEndLater(_ known: PropertyName?, name: Int, colon: Int, end: Int, lastParameter: Int) -> Bool {
    let value = colon + 1
    switch known?.valueShape {
    case .time: return hasColon(value..<Swift.min(end, value + 64))
    case .address: return !isEqual(from: value, "MAILTO:") && hasColon(value..<end)
    case .uri: return !hasScheme(value..<end) && hasColon(value..<end)
    case .text:
      return isEqual(from: value, "//")
        || isEqual(from: lastParameter, "ALTREP=") && self[lastParameter + 7] != .quote
    case nil:
      guard !hasScheme(value..<end) else { return false }
      for position in name..<colon where self[position] == .semicolon {
        if isEqual(from: position, ";VALUE=URI") { return true }
      }
      return false
    }
  }

  private func hasColon(_ range: Range<Int>) -> Bool {
    for position in range where self[position] == .colon { return true }
    return false
  }

  private func hasScheme(_ range: Range<Int>) -> Bool {
    var position = range.lowerBound
    while position < range.upperBound, self[position].isInScheme { position += 1 }
    return position > range.lowerBound && position < range.upperBound && self[position] == .colon
  }
}
