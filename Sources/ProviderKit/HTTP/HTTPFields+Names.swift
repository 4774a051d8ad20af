package import HTTPTypes

extension HTTPFields {
  /// The value of a field that HTTPTypes has no constant for; setting replaces every field of that name.
  package subscript(named name: String) -> String? {
    get { HTTPField.Name(name).flatMap { self[$0] } }
    set { if let name = HTTPField.Name(name) { self[name] = newValue } }
  }

  /// These fields and one more, which HTTPTypes has no constant for.
  package func adding(_ value: String, named name: String) -> HTTPFields {
    guard let name = HTTPField.Name(name) else { return self }
    var fields = self
    fields.append(HTTPField(name: name, value: value))
    return fields
  }

  /// The elements of every field of that name, separated by commas (RFC 9110 §5.6.1), trimmed.
  package func elements(of name: String) -> [String] {
    guard let name = HTTPField.Name(name) else { return [] }
    return self[values: name].flatMap { $0.split(separator: ",") }
      .map { String($0.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()) }
  }
}
