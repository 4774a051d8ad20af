extension SchemaBuilder {
  /// An implementing type keeps what its interfaces promise (GraphQL §3.6.1, IsValidImplementation).
  mutating func checkInterfaces(of node: TypeDefinitionNode, in schema: Schema) {
    guard let type = schema.types[node.name.text] else { return }
    var seen: Set<String> = []
    for name in node.interfaces {
      guard let interface = schema.types[name.text] else {
        report("Unknown type \"\(name.text)\".", [name.position])
        continue
      }
      guard interface.kind == .interface else {
        report(
          "Type \(type.name) must only implement Interface types, it cannot implement \(name.text).",
          [name.position]
        )
        continue
      }
      if interface.name == type.name {
        report(
          "Type \(type.name) cannot implement itself because it would create a circular reference.",
          [name.position]
        )
        continue
      }
      guard seen.insert(name.text).inserted else {
        report("Type \(type.name) can only implement \(name.text) once.", [name.position])
        continue
      }
      for ancestor in interface.interfaces where !type.interfaces.contains(ancestor) {
        report(
          ancestor == type.name
            ? "Type \(type.name) cannot implement \(name.text) because it would create a circular reference."
            : "Type \(type.name) must implement \(ancestor) because it is implemented by \(name.text).",
          [name.position]
        )
      }
      checkFields(of: type, promisedBy: interface, at: name.position, in: schema)
    }
  }

  private mutating func checkFields(
    of type: NamedType,
    promisedBy interface: NamedType,
    at position: Position,
    in schema: Schema
  ) {
    for promised in interface.fields {
      let promise = "\(interface.name).\(promised.name)"
      let place = "\(type.name).\(promised.name)"
      guard let field = type.fields[promised.name] else {
        report("Interface field \(promise) expected but \(type.name) does not provide it.", [position])
        continue
      }
      if !schema.isSubtype(field.type, of: promised.type) {
        report(
          "Interface field \(promise) expects type \(promised.type) but \(place) is type \(field.type).",
          [position]
        )
      }
      for argument in promised.arguments {
        guard let own = field.arguments[argument.name] else {
          report(
            "Interface field argument \(promise)(\(argument.name):) expected but \(place) does not provide it.",
            [position]
          )
          continue
        }
        if own.type != argument.type {
          report(
            "Interface field argument \(promise)(\(argument.name):) expects type \(argument.type) "
              + "but \(place)(\(argument.name):) is type \(own.type).",
            [position]
          )
        }
      }
      for own in field.arguments where promised.arguments[own.name] == nil && own.isRequired {
        report(
          "Object field \(place) includes required argument \(own.name) "
            + "that is missing from the Interface field \(promise).",
          [position]
        )
      }
    }
  }

  /// No input object may need itself through fields that cannot be null (GraphQL §3.10).
  mutating func checkInputCycles(_ definitions: [TypeDefinitionNode]) {
    var inputs: [String: TypeDefinitionNode] = [:]
    for node in definitions where node.kind == .inputObject { inputs[node.name.text] = node }
    var finished: Set<String> = []
    for node in definitions where node.kind == .inputObject {
      var path: [(type: String, field: InputValueNode)] = []
      follow(node, inputs, &path, &finished)
    }
  }

  private mutating func follow(
    _ node: TypeDefinitionNode,
    _ inputs: [String: TypeDefinitionNode],
    _ path: inout [(type: String, field: InputValueNode)],
    _ finished: inout Set<String>
  ) {
    guard finished.insert(node.name.text).inserted else { return }
    for field in node.inputFields {
      guard case .nonNull(.named(let name)) = field.type, let next = inputs[name.text] else { continue }
      path.append((node.name.text, field))
      if let start = path.firstIndex(where: { $0.type == name.text }) {
        let cycle = path[start...].map(\.field)
        let fields = cycle.map(\.name.text).joined(separator: ".")
        report(
          "Cannot reference Input Object \"\(name.text)\" within itself "
            + "through a series of non-null fields: \"\(fields)\".",
          cycle.map(\.position)
        )
      } else {
        follow(next, inputs, &path, &finished)
      }
      path.removeLast()
    }
  }
}
