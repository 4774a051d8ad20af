/// A type as fields and arguments refer to it: a name within lists and non-nulls (GraphQL §3.4.1).
indirect enum TypeReference: Sendable, Hashable, CustomStringConvertible {
  case named(String)
  case list(TypeReference)
  case nonNull(TypeReference)

  var description: String {
    switch self {
    case .named(let name): name
    case .list(let inner): "[\(inner)]"
    case .nonNull(let inner): "\(inner)!"
    }
  }

  /// The name within all lists and non-nulls.
  var name: String {
    switch self {
    case .named(let name): name
    case .list(let inner), .nonNull(let inner): inner.name
    }
  }

  var isNonNull: Bool { if case .nonNull = self { true } else { false } }

  /// The type without an outer non-null.
  var nullable: TypeReference { if case .nonNull(let inner) = self { inner } else { self } }

  /// The type of the elements, when this is a list, non-null or not.
  var element: TypeReference? { if case .list(let inner) = nullable { inner } else { nil } }
}

/// The kinds of named types (GraphQL §3.4).
enum TypeKind: String, Sendable {
  case scalar = "SCALAR"
  case object = "OBJECT"
  case interface = "INTERFACE"
  case union = "UNION"
  case `enum` = "ENUM"
  case inputObject = "INPUT_OBJECT"

  init?(keyword: String) {
    switch keyword {
    case "scalar": self = .scalar
    case "type": self = .object
    case "interface": self = .interface
    case "union": self = .union
    case "enum": self = .enum
    case "input": self = .inputObject
    default: return nil
    }
  }

  /// The kind as messages name it.
  var noun: String {
    switch self {
    case .scalar: "scalar"
    case .object: "object"
    case .interface: "interface"
    case .union: "union"
    case .enum: "enum"
    case .inputObject: "input object"
    }
  }

  var isInput: Bool { self == .scalar || self == .enum || self == .inputObject }
  var isOutput: Bool { self != .inputObject }
  var isLeaf: Bool { self == .scalar || self == .enum }
  var isAbstract: Bool { self == .interface || self == .union }
  var isComposite: Bool { self == .object || isAbstract }
}
