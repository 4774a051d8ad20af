/// A value that travels in or out: a variable, an argument, a part of an answer.
public enum GraphQLValue: Sendable, Hashable {
  /// The explicit null.
  case null
  /// true or false.
  case bool(Bool)
  /// A whole number.
  case int(Int)
  /// A number with a fraction or an exponent.
  case float(Double)
  /// Text.
  case string(String)
  /// The name of an enum's value; as JSON it is a string.
  case enumValue(String)
  /// Values in order.
  case list([GraphQLValue])
  /// Named values in order.
  case object(OrderedFields)
}

extension GraphQLValue {
  /// The value of an object's field; nil for an absent field and for anything but an object.
  public subscript(name: String) -> GraphQLValue? {
    objectValue?[name]
  }

  /// The element of a list; nil outside its bounds and for anything but a list.
  public subscript(position: Int) -> GraphQLValue? {
    guard let list = listValue, list.indices.contains(position) else { return nil }
    return list[position]
  }

  /// Whether this is the explicit null.
  public var isNull: Bool { self == .null }

  /// The text of a string or the name of an enum's value.
  public var stringValue: String? {
    switch self {
    case .string(let text), .enumValue(let text): text
    default: nil
    }
  }

  /// The whole number.
  public var intValue: Int? {
    guard case .int(let number) = self else { return nil }
    return number
  }

  /// The number, whole or not.
  public var doubleValue: Double? {
    switch self {
    case .int(let number): Double(number)
    case .float(let number): number
    default: nil
    }
  }

  /// The truth value.
  public var boolValue: Bool? {
    guard case .bool(let truth) = self else { return nil }
    return truth
  }

  /// The elements of a list.
  public var listValue: [GraphQLValue]? {
    guard case .list(let elements) = self else { return nil }
    return elements
  }

  /// The fields of an object.
  public var objectValue: OrderedFields? {
    guard case .object(let fields) = self else { return nil }
    return fields
  }
}

extension GraphQLValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  /// The explicit null.
  public init(nilLiteral: ()) { self = .null }
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .int(value) }
  /// A number with a fraction.
  public init(floatLiteral value: Double) { self = .float(value) }
  /// Text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A list.
  public init(arrayLiteral elements: GraphQLValue...) { self = .list(elements) }
  /// An object; the last of two equal names wins.
  public init(dictionaryLiteral elements: (String, GraphQLValue)...) {
    self = .object(OrderedFields(elements))
  }
}
