extension ContentLine {
  /// A parameter with its values, decoded (RFC 5545 §3.2, RFC 6868).
  public struct Parameter: Sendable, Hashable {
    /// The name as it was written.
    public let name: String
    /// The values, without quotes.
    public let values: [String]

    /// Makes a parameter; characters that a name cannot have are left out.
    public init(_ name: String, _ values: [String]) {
      var octets: [UInt8] = []
      octets.appendName(name)
      self.name = String(decoding: octets, as: UTF8.self)
      self.values = values
    }

    /// Makes a parameter of one value.
    public init(_ name: String, _ value: String) {
      self.init(name, [value])
    }

    fileprivate init(read name: String, _ values: [String]) {
      self.name = name
      self.values = values
    }
  }

  /// The parameters in their order.
  public var parameters: [Parameter] {
    guard hasParameters else { return [] }
    var found: [Parameter] = []
    forEachParameter { name, values in
      found.append(Parameter(read: decoded(name), self.values(in: values)))
      return true
    }
    return found
  }

  /// The first value of a parameter; letter case does not count in its name.
  public func parameter(_ name: String) -> String? {
    values { octets.span.isEqual($0, ignoringCase: name) }.map { firstValue(in: $0) }
  }

  /// Where the values of TZID are; nil without it.
  var zoneName: Range<Int>? { values { octets.span.isEqual($0, "TZID") } }

  /// Where the values of the first parameter are whose name, given by its place, is meant; nil without it.
  private func values(where isMeant: (Range<Int>) -> Bool) -> Range<Int>? {
    guard hasParameters else { return nil }
    var found: Range<Int>?
    forEachParameter { name, values in
      if isMeant(name) { found = values }
      return found == nil
    }
    return found
  }

  /// All values of a parameter, or none where it is not given.
  public func parameterValues(_ name: String) -> [String] {
    parameters.first { $0.name.uppercased() == name }?.values ?? []
  }

  /// Goes through the parameters until `visit` answers false; it gets where the name and the values are.
  func forEachParameter(_ visit: (Range<Int>, Range<Int>) -> Bool) {
    let span = octets.span
    let end = valueRange.lowerBound - 1
    var position = nameRange.upperBound
    while position < end {
      let name = position + 1
      position = name
      while position < end, span[position] != UInt8(ascii: "=") { position += 1 }
      let values = position + 1
      position = values
      var isQuoted = false
      while position < end, isQuoted || span[position] != UInt8(ascii: ";") {
        if span[position] == UInt8(ascii: "\"") { isQuoted.toggle() }
        position += 1
      }
      guard values <= position, visit(name..<values - 1, values..<position) else { return }
    }
  }

  /// The parameter that `forEachParameter` tells of.
  func parameter(_ name: Range<Int>, _ values: Range<Int>) -> Parameter {
    Parameter(read: decoded(name), self.values(in: values))
  }

  /// The first of the values that `forEachParameter` tells of.
  func firstValue(in range: Range<Int>) -> String {
    decodedParameter(oneValue(from: range.lowerBound, in: range))
  }

  private func values(in range: Range<Int>) -> [String] {
    var found: [String] = []
    var position = range.lowerBound
    repeat {
      let value = oneValue(from: position, in: range)
      found.append(decodedParameter(value))
      // Past the comma, or the quote and the comma.
      position = value.upperBound + (value.lowerBound > position ? 2 : 1)
    } while position <= range.upperBound
    return found
  }

  /// The value that begins there, without quotes.
  private func oneValue(from start: Int, in range: Range<Int>) -> Range<Int> {
    let span = octets.span
    let isQuoted = start < range.upperBound && span[start] == UInt8(ascii: "\"")
    let first = isQuoted ? start + 1 : start
    let stop = isQuoted ? UInt8(ascii: "\"") : UInt8(ascii: ",")
    var end = first
    while end < range.upperBound, span[end] != stop { end += 1 }
    return first..<end
  }

  private func decodedParameter(_ range: Range<Int>) -> String {
    octets.withUnsafeBufferPointer { UnsafeBufferPointer(rebasing: $0[range]).unescapedParameter }
  }
}

extension [UInt8] {
  /// Appends what of the text a name can have, or a name where nothing is left.
  mutating func appendName(_ text: String) {
    let start = count
    for octet in text.utf8 where octet.isInName && count - start < Int(UInt16.max) { append(octet) }
    if count == start { append(contentsOf: "X-NAMELESS".utf8) }
  }

  /// Appends the parameter with the ";" before it.
  mutating func append(_ parameter: ContentLine.Parameter) {
    append(UInt8(ascii: ";"))
    append(contentsOf: parameter.name.utf8)
    append(UInt8(ascii: "="))
    for (index, value) in parameter.values.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      appendEscapedParameter(value)
    }
  }
}
