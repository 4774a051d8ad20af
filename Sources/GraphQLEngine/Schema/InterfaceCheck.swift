/// An implementing type keeps what its interfaces promise (GraphQL §3.6, §3.7, IsValidImplementation).
struct InterfaceCheck {
  private let schema: Schema
  private let nodes: [String: TypeDefinitionNode]
  private let extensions: [String: [Position]]

  init(_ schema: Schema, _ definitions: [TypeDefinitionNode], _ extensions: [String: [Position]]) {
    self.schema = schema
    nodes = Dictionary(definitions.map { ($0.name.text, $0) }) { first, _ in first }
    self.extensions = extensions
  }

  func problems(of node: TypeDefinitionNode) -> [SchemaError.Problem] {
    var problems: [SchemaError.Problem] = []
    func report(_ message: String, _ positions: [Position]) {
      problems.append(SchemaError.Problem(message: message, locations: positions.map(\.location)))
    }
    let type = node.name.text
    var seen: Set<String> = []
    for name in node.interfaces.map(\.text) {
      guard let interface = nodes[name], interface.kind == .interface else {
        report(
          "Type \(type) must only implement Interface types, it cannot implement \(name).",
          node.places(of: name)
        )
        continue
      }
      if name == type {
        report(
          "Type \(type) cannot implement itself because it would create a circular reference.",
          node.places(of: name)
        )
        continue
      }
      guard seen.insert(name).inserted else {
        report("Type \(type) can only implement \(name) once.", node.places(of: name))
        continue
      }
      for ancestor in interface.interfaces.map(\.text)
      where !node.interfaces.contains(where: { $0.text == ancestor }) {
        report(
          ancestor == type
            ? "Type \(type) cannot implement \(name) because it would create a circular reference."
            : "Type \(type) must implement \(ancestor) because it is implemented by \(name).",
          interface.places(of: ancestor) + node.places(of: name)
        )
      }
      for promised in interface.fields { check(promised, of: interface, in: node, report) }
    }
    return problems
  }

  private func check(
    _ promised: FieldDefinitionNode,
    of interface: TypeDefinitionNode,
    in node: TypeDefinitionNode,
    _ report: (String, [Position]) -> Void
  ) {
    let promise = "\(interface.name.text).\(promised.name.text)"
    let place = "\(node.name.text).\(promised.name.text)"
    guard let field = node.fields.first(where: { $0.name.text == promised.name.text }) else {
      return report(
        "Interface field \(promise) expected but \(node.name.text) does not provide it.",
        [promised.position, node.position] + (extensions[node.name.text] ?? [])
      )
    }
    let (type, expected) = (field.type.reference, promised.type.reference)
    if !schema.isSubtype(type, of: expected) {
      report(
        "Interface field \(promise) expects type \(expected) but \(place) is type \(type).",
        [promised.type.position, field.type.position]
      )
    }
    checkArguments(of: field, place, promised: promised, promise: promise, report)
    // GraphQL §3.13.3: who is told to use the interface's field must not be told otherwise by its type's.
    if let deprecated = field.directives.deprecated, promised.directives.deprecated == nil {
      report(
        "Interface field \(promise) is not deprecated, "
          + "so implementation field \(place) must not be deprecated.",
        [deprecated.position, field.type.position]
      )
    }
  }

  private func checkArguments(
    of field: FieldDefinitionNode,
    _ place: String,
    promised: FieldDefinitionNode,
    promise: String,
    _ report: (String, [Position]) -> Void
  ) {
    for argument in promised.arguments {
      let name = argument.name.text
      guard let own = field.arguments.first(where: { $0.name.text == name }) else {
        report(
          "Interface field argument \(promise)(\(name):) expected but \(place) does not provide it.",
          [argument.position, field.position]
        )
        continue
      }
      let (type, expected) = (own.type.reference, argument.type.reference)
      if type != expected {
        report(
          "Interface field argument \(promise)(\(name):) expects type \(expected) "
            + "but \(place)(\(name):) is type \(type).",
          [argument.type.position, own.type.position]
        )
      }
    }
    for own in field.arguments
    where own.isRequired && !promised.arguments.contains(where: { $0.name.text == own.name.text }) {
      report(
        "Object field \(place) includes required argument \(own.name.text) "
          + "that is missing from the Interface field \(promise).",
        [own.position, promised.position]
      )
    }
  }
}

extension TypeDefinitionNode {
  /// Where a type says that it implements an interface.
  fileprivate func places(of interface: String) -> [Position] {
    interfaces.filter { $0.text == interface }.map(\.position)
  }
}

extension [DirectiveNode] {
  fileprivate var deprecated: DirectiveNode? { first { $0.name.text == "deprecated" } }
}
