/// One property: a name, parameters and a value (RFC 5545 §3.1).
///
/// Neither part can hold a line break or another control character, so that no content can become a line of its own.
/// The parts are decoded when they are asked for: what is kept is the line itself, unfolded, as UTF-8, with its
/// parameters in one form of quoting, in octets that all lines of a component share.
public struct ContentLine: Sendable {
  /// Holds this line as one stretch, and often others.
  let octets: [UInt8]
  /// Where the line is in `octets`, and what its parts are.
  let layout: LineLayout

  init(octets: [UInt8], layout: LineLayout) {
    self.octets = octets
    self.layout = layout
  }

  /// Makes a line with a value that is no TEXT, such as a URI, a date or a rule: nothing in it is escaped.
  ///
  /// Control characters, and characters that a name cannot have, are left out.
  public init(_ name: String, parameters: [Parameter] = [], value: String) {
    self.init(name, parameters) { $0.appendWithoutControls(value) }
  }

  /// Makes a line with a TEXT value, which is escaped (RFC 5545 §3.3.11).
  public init(_ name: String, parameters: [Parameter] = [], text: String) {
    self.init(name, parameters) { $0.appendEscapedText(text) }
  }

  private init(_ name: String, _ parameters: [Parameter], appendValue: (inout [UInt8]) -> Void) {
    var octets: [UInt8] = []
    octets.appendName(name)
    let nameLength = octets.count
    for parameter in parameters { octets.append(parameter) }
    octets.append(UInt8(ascii: ":"))
    let valueOffset = octets.count
    appendValue(&octets)
    layout = LineLayout(
      known: PropertyName(octets.span, 0..<nameLength),
      nameLength: nameLength,
      valueOffset: valueOffset,
      start: 0,
      length: octets.count
    )
    self.octets = octets
  }

  /// The name as it was written.
  public var name: String { decoded(nameRange) }

  /// The value as it stands in the line, escapes included.
  public var value: String { decoded(valueRange) }

  /// The value read as TEXT, escapes resolved.
  public var text: String {
    octets.withUnsafeBufferPointer { UnsafeBufferPointer(rebasing: $0[valueRange]).unescapedText }
  }

  /// Whether this is a property of that name; letter case does not count.
  public func isNamed(_ name: String) -> Bool {
    nameRange.count == name.utf8.count && octets.span.isEqual(nameRange, ignoringCase: name)
  }

  var range: Range<Int> { layout.range }
  var nameRange: Range<Int> { range.lowerBound..<range.lowerBound + Int(layout.nameLength) }
  var valueRange: Range<Int> { range.lowerBound + Int(layout.valueOffset)..<range.upperBound }
  var hasParameters: Bool { layout.hasParameters }

  func decoded(_ range: Range<Int>) -> String {
    octets.withUnsafeBufferPointer {
      String(decoding: UnsafeBufferPointer(rebasing: $0[range]), as: UTF8.self)
    }
  }
}

extension ContentLine: Hashable {
  /// Whether both are the same when written.
  public static func == (left: ContentLine, right: ContentLine) -> Bool {
    left.octets.withUnsafeBufferPointer { leftOctets in
      right.octets.withUnsafeBufferPointer { rightOctets in
        UnsafeBufferPointer(rebasing: leftOctets[left.range])
          .isSame(as: UnsafeBufferPointer(rebasing: rightOctets[right.range]))
      }
    }
  }

  /// Hashes the line as it is written.
  public func hash(into hasher: inout Hasher) {
    octets.withUnsafeBytes { hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: $0[range])) }
  }
}

extension ContentLine: CustomStringConvertible {
  /// The line as it is written, but unfolded.
  public var description: String { decoded(range) }
}
