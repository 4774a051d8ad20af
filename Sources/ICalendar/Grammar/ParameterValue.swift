/// A parameter's value by the form that the standards give it (RFC 5545 §3.2).
///
/// Lists are of the parameters that may have several values; the others have one.
public enum ParameterValue: Sendable, Hashable {
  case texts([String])
  case boolean(Bool)
  case uris([String])
  case integer(Int)
  /// In upper case, the registered ones and others alike.
  case words([String])
}

extension ContentLine.Parameter {
  /// The value by its form; nil when it is not of that form.
  ///
  /// Parameters that no standard defines are texts.
  public var typedValue: ParameterValue? {
    guard let definition = ParameterDefinition.of(name.uppercased()) else { return .texts(values) }
    guard let first = values.first, definition.isList || values.count == 1,
      values.allSatisfy(definition.form.fits)
    else { return nil }
    switch definition.form {
    case .text: return .texts(values)
    case .boolean: return .boolean(first.uppercased() == "TRUE")
    case .uri: return .uris(values)
    case .integer: return Int(first).map(ParameterValue.integer)
    case .word, .fixed: return .words(values.map { $0.uppercased() })
    }
  }
}

extension ParameterDefinition.Form {
  /// Whether a value may be this one.
  func fits(_ value: String) -> Bool {
    switch self {
    case .text: true
    case .boolean: ["TRUE", "FALSE"].contains(value.uppercased())
    case .uri: value.isURI
    case .integer: Int(value) != nil
    // Others may be registered, and those that begin with "X-" are anyone's.
    case .word: !value.isEmpty && value.utf8.allSatisfy(\.isInName)
    case .fixed(let words): words.contains(value.uppercased())
    }
  }
}
