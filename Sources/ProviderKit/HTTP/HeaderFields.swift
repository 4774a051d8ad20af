/// HTTP header fields, in order; names are compared without regard to case (RFC 9110 §5.1).
package struct HeaderFields: Sendable, ExpressibleByDictionaryLiteral, Sequence {
  package private(set) var fields: [(name: String, value: String)]

  package init(dictionaryLiteral elements: (String, String)...) {
    fields = elements.map { (name: $0.0, value: $0.1) }
  }

  package mutating func append(_ name: String, _ value: String) { fields.append((name, value)) }

  /// The first value of that name; setting replaces them all.
  package subscript(name: String) -> String? {
    get { fields.first { $0.name.lowercased() == name.lowercased() }?.value }
    set {
      fields.removeAll { $0.name.lowercased() == name.lowercased() }
      if let newValue { fields.append((name, newValue)) }
    }
  }

  /// The elements of every field of that name, separated by commas (RFC 9110 §5.6.1), trimmed.
  package func elements(of name: String) -> [String] {
    fields.filter { $0.name.lowercased() == name.lowercased() }
      .flatMap { $0.value.split(separator: ",") }
      .map { String($0.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()) }
  }

  package func makeIterator() -> IndexingIterator<[(name: String, value: String)]> { fields.makeIterator() }
}
