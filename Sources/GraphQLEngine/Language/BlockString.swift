/// Reading and writing the indentation of block strings (GraphQL §2.10.4, BlockStringValue).
enum BlockString {
  /// The lines without their common indentation and without blank lines at both ends.
  static func dedented(_ lines: [String]) -> [String] {
    var common = Int.max
    var first: Int?
    var last = -1
    for (number, line) in lines.enumerated() {
      let indent = line.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
      if indent == line.utf8.count { continue }
      if first == nil { first = number }
      last = number
      if number > 0 { common = min(common, indent) }
    }
    guard let first else { return [] }
    return (first...last).map { number in
      number == 0 ? lines[0] : String(decoding: lines[number].utf8.dropFirst(common), as: UTF8.self)
    }
  }

  /// Whether reading the printed block string gives the same text again.
  static func canPrint(_ text: String) -> Bool {
    if text.isEmpty { return true }
    var isEmptyLine = true
    var hasIndent = false
    var hasCommonIndent = true
    var seenNonEmptyLine = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n":
        if isEmptyLine && !seenNonEmptyLine { return false }
        seenNonEmptyLine = true
        isEmptyLine = true
        hasIndent = false
      case " ", "\t":
        if isEmptyLine { hasIndent = true }
      case ...Unicode.Scalar(0x0F): return false
      default:
        hasCommonIndent = hasCommonIndent && hasIndent
        isEmptyLine = false
      }
    }
    return !isEmptyLine && !(hasCommonIndent && seenNonEmptyLine)
  }

  static func printed(_ text: String) -> String {
    let escaped = text.split(separator: "\"\"\"", omittingEmptySubsequences: false).joined(
      separator: "\\\"\"\""
    )
    let lines = escaped.split(separator: "\n", omittingEmptySubsequences: false)
    let isSingleLine = lines.count == 1
    let forceLeadingLine =
      !isSingleLine && lines.dropFirst().allSatisfy { $0.isEmpty || $0.first == " " || $0.first == "\t" }
    let endsInQuotes = escaped.hasSuffix("\\\"\"\"")
    let forceTrailingLine = text.hasSuffix("\"") && !endsInQuotes || text.hasSuffix("\\")
    let manyLines =
      !isSingleLine || text.utf16.count > 70 || forceTrailingLine || forceLeadingLine || endsInQuotes
    let skipLeadingLine = isSingleLine && (text.first == " " || text.first == "\t")
    let before = manyLines && !skipLeadingLine || forceLeadingLine ? "\n" : ""
    let after = manyLines || forceTrailingLine ? "\n" : ""
    return "\"\"\"" + before + escaped + after + "\"\"\""
  }
}
