/// The standards' definition of a property: its types of value, and where that is said.
public struct PropertyDefinition: Sendable, Hashable {
  /// Which property.
  public let name: PropertyName
  /// The type of a value for which no VALUE parameter says another.
  public let type: ValueType
  /// The types that a VALUE parameter may say.
  public let otherTypes: [ValueType]
  /// Whether one property holds several values, with commas between them.
  public let isList: Bool
  /// The words that a value must be one of, other than those that begin with "X-"; empty where any may stand.
  public let words: [String]
  /// Where it is defined, such as "RFC 5545 §3.8.1.1".
  public let section: String

  /// The definition of a property.
  public static func of(_ name: PropertyName) -> PropertyDefinition? { byName[name] }

  private static let byName: [PropertyName: PropertyDefinition] = {
    let rows = rowsOf5545 + rowsOfLaterStandards
    return Dictionary(rows.map { ($0.name, $0) }) { first, _ in first }
  }()
}

/// A row of the table.
func row(
  _ name: PropertyName,
  _ type: ValueType,
  or otherTypes: [ValueType] = [],
  list isList: Bool = false,
  words: [String] = [],
  _ section: String
) -> PropertyDefinition {
  PropertyDefinition(
    name: name,
    type: type,
    otherTypes: otherTypes,
    isList: isList,
    words: words,
    section: section.hasPrefix("RFC") ? section : "RFC 5545 §\(section)"
  )
}
