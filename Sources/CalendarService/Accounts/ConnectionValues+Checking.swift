import CalendarCore

extension ConnectionValues {
  /// Checks what was typed against the form.
  ///
  /// A refusal names the field and never repeats a value.
  init(_ typed: [(id: String, value: String)], for form: [ConnectionField]) throws(InvalidInput) {
    var values: [String: String] = [:]
    var seen: Set<String> = []
    for (id, value) in typed {
      guard let field = form.first(where: { $0.id == id }) else {
        throw InvalidInput(String(id.prefix(64)), "The form has no such field.")
      }
      guard seen.insert(id).inserted else { throw InvalidInput(id, "\(field.label) is given twice.") }
      let value = field.isSecret ? value : value.trimmed
      guard value.utf8.count <= field.maximumLength else {
        throw InvalidInput(id, "\(field.label) may have at most \(field.maximumLength) bytes.")
      }
      guard !value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
        throw InvalidInput(id, "\(field.label) has characters that cannot be used.")
      }
      if !value.isEmpty { values[id] = value }
    }
    for field in form where !field.isOptional && values[field.id] == nil {
      throw InvalidInput(field.id, "\(field.label) is required.")
    }
    self.init(values)
  }
}
