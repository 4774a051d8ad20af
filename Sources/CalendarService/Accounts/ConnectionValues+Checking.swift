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
        throw InvalidInput(String(id.prefix(64)), Messages.Accounts.unknownField)
      }
      guard seen.insert(id).inserted else {
        throw InvalidInput(id, Messages.Accounts.givenTwice(field.label))
      }
      let value = field.isSecret ? value : value.trimmed
      guard value.utf8.count <= field.maximumLength else {
        throw InvalidInput(id, Messages.Accounts.fieldTooLong(field.label, limit: field.maximumLength))
      }
      guard !value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
        throw InvalidInput(id, Messages.Accounts.invalidCharacters(field.label))
      }
      if !value.isEmpty { values[id] = value }
    }
    for field in form where !field.isOptional && values[field.id] == nil {
      throw InvalidInput(field.id, Messages.Accounts.required(field.label))
    }
    self.init(values)
  }
}
