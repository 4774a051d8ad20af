/// Text that a person typed for an event, made fit to store and to send.
enum EventText {
  static func title(_ text: String) throws(InvalidInput) -> String? {
    try line(text, field: "title", name: Messages.Fields.title, limit: EventLimits.titleCharacters)
  }

  static func details(_ text: String?) throws(InvalidInput) -> String? {
    try block(
      text,
      field: "description",
      name: Messages.Fields.details,
      limit: EventLimits.descriptionCharacters
    )
  }

  static func location(_ text: String?) throws(InvalidInput) -> String? {
    try line(text, field: "location", name: Messages.Fields.location, limit: EventLimits.locationCharacters)
  }

  /// One line: trimmed, breaks turned to spaces; nil when nothing is left.
  static func line(
    _ text: String?,
    field: String,
    name: String,
    limit: Int
  ) throws(InvalidInput) -> String? {
    guard let text else { return nil }
    try checkLength(text, field: field, name: name, limit: limit)
    let line = String(
      String.UnicodeScalarView(
        text.unicodeScalars.compactMap { scalar in
          switch scalar {
          case "\n", "\r", "\t", "\u{2028}", "\u{2029}": " "
          default: scalar.properties.generalCategory == .control ? nil : scalar
          }
        }
      )
    )
    let trimmed = line.trimmed
    return trimmed.isEmpty ? nil : trimmed
  }

  /// Several lines, ends as LF; nil when nothing is left.
  static func block(
    _ text: String?,
    field: String,
    name: String,
    limit: Int
  ) throws(InvalidInput) -> String? {
    guard let text else { return nil }
    try checkLength(text, field: field, name: name, limit: limit)
    let unified = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    let kept = unified.unicodeScalars.filter {
      $0 == "\n" || $0 == "\t" || $0.properties.generalCategory != .control
    }
    let block = String(String.UnicodeScalarView(kept)).trimmed
    return block.isEmpty ? nil : block
  }

  /// Counted in UTF-16 units, as the web app and the providers count; a few of them can hide no megabyte.
  private static func checkLength(
    _ text: String,
    field: String,
    name: String,
    limit: Int
  ) throws(InvalidInput) {
    guard text.utf16.count <= limit else {
      throw InvalidInput(field, Messages.Access.tooLong(name, limit: limit))
    }
  }
}

extension StringProtocol {
  /// Without white space at both ends.
  package var trimmed: String {
    let head = drop(while: \.isWhitespace)
    guard let last = head.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(head[...last])
  }
}
