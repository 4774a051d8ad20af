import OrderedCollections

/// An element of a schema, with its description.
public struct SchemaElement: Sendable, Hashable {
  /// The kind of element.
  public enum Kind: String, Sendable {
    /// A named type of one of the six kinds.
    case scalar, object, interface, union, `enum`, inputObject
    /// A member of a type.
    case field, inputField, enumValue
    /// An argument of a field or of a directive.
    case argument
    /// A directive's definition.
    case directive
  }

  /// Its unique name.
  public let coordinate: SchemaCoordinate
  /// The kind of element.
  public let kind: Kind
  /// The description for people.
  public let description: String?
  /// The type of a field or an argument as SDL writes it; nil for what has none.
  public let type: String?
  /// The reason for its deprecation; nil if it is not deprecated.
  public let deprecationReason: String?
}

extension Schema {
  /// The element that a coordinate names; nil when its type, field or directive has no such element
  /// (GraphQL §2.14).
  ///
  /// Built-in elements can be named too, save the fields that no type declares, such as `__typename`.
  /// Throws when what should contain the element does not exist.
  public func element(at coordinate: SchemaCoordinate) throws(GraphQLError) -> SchemaElement? {
    switch coordinate {
    case .type(let name):
      return types[name].map { type in
        let kind = SchemaElement.Kind(type.kind)
        return SchemaElement(coordinate, kind, type.description, type: nil, deprecation: nil)
      }
    case .member(let typeName, let name):
      let type = try container(types[typeName], "type \"\(typeName)\"", of: coordinate)
      switch type.kind {
      case .object, .interface:
        return type.fields[name].map {
          SchemaElement(coordinate, .field, $0.description, type: $0.type, deprecation: $0.deprecationReason)
        }
      case .inputObject: return type.inputFields[name].map { SchemaElement(coordinate, .inputField, $0) }
      case .enum:
        return type.values[name].map {
          SchemaElement(coordinate, .enumValue, $0.description, type: nil, deprecation: $0.deprecationReason)
        }
      case .scalar, .union: throw noContainer("type with members \"\(typeName)\"", of: coordinate)
      }
    case .argument(let typeName, let fieldName, let name):
      let type = try container(types[typeName], "type \"\(typeName)\"", of: coordinate)
      let field = try container(type.fields[fieldName], "field \"\(typeName).\(fieldName)\"", of: coordinate)
      return field.arguments[name].map { SchemaElement(coordinate, .argument, $0) }
    case .directive(let name):
      return directives[name].map {
        SchemaElement(coordinate, .directive, $0.description, type: nil, deprecation: nil)
      }
    case .directiveArgument(let directiveName, let name):
      let directive = try container(
        directives[directiveName],
        "directive \"@\(directiveName)\"",
        of: coordinate
      )
      return directive.arguments[name].map { SchemaElement(coordinate, .argument, $0) }
    }
  }

  private func container<Element>(
    _ element: Element?,
    _ noun: String,
    of coordinate: SchemaCoordinate
  ) throws(GraphQLError) -> Element {
    guard let element else { throw noContainer(noun, of: coordinate) }
    return element
  }

  private func noContainer(_ noun: String, of coordinate: SchemaCoordinate) -> GraphQLError {
    GraphQLError("The schema has no \(noun), in \(coordinate).", code: GraphQLErrorCode.badUserInput)
  }
}

extension SchemaElement {
  fileprivate init(
    _ coordinate: SchemaCoordinate,
    _ kind: Kind,
    _ description: String?,
    type: TypeReference?,
    deprecation: String?
  ) {
    self.init(
      coordinate: coordinate,
      kind: kind,
      description: description,
      type: type?.description,
      deprecationReason: deprecation
    )
  }

  fileprivate init(_ coordinate: SchemaCoordinate, _ kind: Kind, _ input: InputValueDefinition) {
    self.init(
      coordinate,
      kind,
      input.description,
      type: input.type,
      deprecation: input.deprecationReason
    )
  }
}

extension SchemaElement.Kind {
  init(_ kind: TypeKind) {
    switch kind {
    case .scalar: self = .scalar
    case .object: self = .object
    case .interface: self = .interface
    case .union: self = .union
    case .enum: self = .enum
    case .inputObject: self = .inputObject
    }
  }
}
