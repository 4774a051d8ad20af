/// One property: a name, parameters and a value (RFC 5545 §3.1).
///
/// Neither part can hold a line break or another control character, so that no content can become a line of its own.
public struct ContentLine: Sendable, Hashable {
  /// A parameter with its values, decoded (RFC 5545 §3.2, RFC 6868).
  public struct Parameter: Sendable, Hashable {
    /// The name as it was written.
    public let name: String
    /// The values, without quotes.
    public let values: [String]

    /// Makes a parameter; characters that a name cannot have are left out.
    public init(_ name: String, _ values: [String]) {
      self.name = ContentLine.name(from: name)
      self.values = values
    }

    /// Makes a parameter of one value.
    public init(_ name: String, _ value: String) {
      self.init(name, [value])
    }
  }

  /// The name as it was written.
  public let name: String
  /// The parameters in their order.
  public let parameters: [Parameter]
  /// The value as it stands in the line, escapes included.
  public let value: String

  /// Makes a line with a value that is no TEXT, such as a URI, a date or a rule: nothing in it is escaped.
  ///
  /// Control characters, and characters that a name cannot have, are left out.
  public init(_ name: String, parameters: [Parameter] = [], value: String) {
    self.name = Self.name(from: name)
    self.parameters = parameters
    self.value = value.withoutControls
  }

  /// Makes a line with a TEXT value, which is escaped (RFC 5545 §3.3.11).
  public init(_ name: String, parameters: [Parameter] = [], text: String) {
    self.init(name, parameters: parameters, value: text.escapedText)
  }

  /// The value read as TEXT, escapes resolved.
  public var text: String { value.unescapedText }

  /// Whether this is a property of that name; letter case does not count.
  public func isNamed(_ name: String) -> Bool {
    self.name.utf8.count == name.utf8.count && self.name.uppercased() == name
  }

  /// The first value of a parameter, named in upper case.
  public func parameter(_ name: String) -> String? {
    parameters.first { $0.name.uppercased() == name }?.values.first
  }

  private static func name(from text: String) -> String {
    let name = String(decoding: text.utf8.filter(\.isInName), as: UTF8.self)
    return name.isEmpty ? "X-NAMELESS" : name
  }
}

extension UInt8 {
  /// Letters, digits and "-" (RFC 5545 §3.1), and "_", which some writers use.
  var isInName: Bool {
    switch self {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default:
      false
    }
  }
}
