extension ContentLine {
  /// Reads one unfolded line; nil when it is none, so that a bad line costs no more than itself.
  ///
  /// Takes any octets: what is no UTF-8 is taken for Windows-1252, control characters are left out.
  static func read(_ line: [UInt8], limits: ReadingLimits) throws(ICalendarError) -> ContentLine? {
    if line.span.textForm(0..<line.count) == .clean {
      switch line.span.readLine(0..<line.count, limits: limits) {
      case .canonical(let layout): return ContentLine(octets: line, layout: layout)
      case .malformed(.tooManyParameters): throw .exceeds(.parameters)
      case .malformed(.noName): return nil
      case .malformed, .other: break
      }
    }
    var reader = UntidyLineReader(line, limits: limits)
    return try reader.read()
  }
}
