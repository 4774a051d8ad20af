extension SchemaBuilder {
  /// A default is a value of its type (GraphQL §3.6.1, §3.10).
  ///
  /// It has to be valid as the default of a variable, so the same rule checks it. Custom scalars
  /// accept any literal here; the executor, which knows their codecs, asks them.
  mutating func checkDefault(of input: InputValueNode, _ place: String, in schema: Schema) {
    guard let value = input.defaultValue else { return }
    let variable = VariableDefinitionNode(
      description: nil,
      name: input.name,
      type: input.type,
      defaultValue: value,
      directives: [],
      position: input.position
    )
    let operation = OperationNode(
      description: nil,
      type: .query,
      name: nil,
      variables: [variable],
      directives: [],
      selections: SelectionSetNode(selections: .none, position: input.position),
      position: input.position
    )
    let errors = Validator.validate(
      DocumentNode(definitions: [.operation(operation)]),
      schema: schema,
      coercion: InputCoercion(schema: schema, scalars: [:]),
      rules: [ValuesOfCorrectType.self]
    )
    for error in errors {
      problems.append(
        SchemaError.Problem(
          message: "\(place) has invalid default value: \(error.message)",
          locations: error.locations
        )
      )
    }
  }

  /// A directive's definition must not depend on the directive itself (GraphQL §3.13, "Type Validation").
  mutating func checkDirectiveCycles(_ directives: [DirectiveDefinitionNode], _ types: [TypeDefinitionNode]) {
    var uses: [String: Set<String>] = [:]
    func add(_ inputs: [InputValueNode], to name: String) {
      for input in inputs {
        uses[name, default: []].insert(input.type.name.text)
        uses[name, default: []].formUnion(input.directives.map { "@" + $0.name.text })
      }
    }
    for node in types {
      let name = node.name.text
      uses[name, default: []].formUnion(node.directives.map { "@" + $0.name.text })
      for value in node.values {
        uses[name, default: []].formUnion(value.directives.map { "@" + $0.name.text })
      }
      add(node.inputFields, to: name)
    }
    for node in directives { add(node.arguments, to: "@" + node.name.text) }
    for node in directives {
      let start = "@" + node.name.text
      var reached: Set<String> = []
      var open = Array(uses[start] ?? [])
      while let name = open.popLast() {
        if reached.insert(name).inserted { open += uses[name] ?? [] }
      }
      if reached.contains(start) {
        report("Directive \"\(start)\" must not refer to itself.", [node.position])
      }
    }
  }
}
