/// Input objects that could never be given, or whose defaults would never end (GraphQL §3.10, "Type
/// Validation").
struct InputCycleCheck {
  private let inputs: [String: TypeDefinitionNode]
  private var visited: Set<String> = []
  private var path: [(type: String, field: InputValueNode)] = []
  private var visitedDefaults: Set<String> = []
  private var defaults: [(place: String, position: Position)] = []
  private var problems: [SchemaError.Problem] = []

  init(_ definitions: [TypeDefinitionNode]) {
    inputs = Dictionary(definitions.filter { $0.kind == .inputObject }.map { ($0.name.text, $0) }) {
      first,
      _ in first
    }
  }

  /// The circles that are first met from one input object.
  mutating func problems(of node: TypeDefinitionNode) -> [SchemaError.Problem] {
    problems = []
    followFields(of: node)
    followDefaults(of: node, ValueNode(kind: .object([]), position: node.position))
    return problems
  }

  /// No input object may need itself through fields that cannot be null.
  private mutating func followFields(of node: TypeDefinitionNode) {
    guard visited.insert(node.name.text).inserted else { return }
    for field in node.inputFields {
      guard case .named(let name, isNonNull: true) = field.type else { continue }
      guard let next = inputs[name.text] else { continue }
      path.append((node.name.text, field))
      if let start = path.firstIndex(where: { $0.type == name.text }) {
        let cycle = path[start...].map(\.field)
        let fields = cycle.map(\.name.text).joined(separator: ".")
        problems.append(
          SchemaError.Problem(
            message: "Cannot reference Input Object \"\(name.text)\" within itself "
              + "through a series of non-null fields: \"\(fields)\".",
            locations: cycle.map(\.position.location)
          )
        )
      } else {
        followFields(of: next)
      }
      path.removeLast()
    }
  }

  /// InputObjectDefaultValueHasCycle: what a value leaves out comes from defaults, which may leave out more.
  private mutating func followDefaults(of node: TypeDefinitionNode, _ value: ValueNode) {
    switch value.kind {
    case .list(let items): for item in items { followDefaults(of: node, item) }
    case .object(let given):
      for field in node.inputFields {
        guard let type = inputs[field.type.name.text] else { continue }
        if let value = given.first(where: { $0.name.text == field.name.text })?.value {
          followDefaults(of: type, value)
        } else if let value = field.defaultValue {
          followDefault(value, "\(node.name.text).\(field.name.text)", type)
        }
      }
    default: break
    }
  }

  private mutating func followDefault(_ value: ValueNode, _ place: String, _ type: TypeDefinitionNode) {
    if let start = defaults.firstIndex(where: { $0.place == place }) {
      let cycle = defaults[start...]
      let via = cycle.dropFirst().map(\.place).joined(separator: ", ")
      problems.append(
        SchemaError.Problem(
          message: "Invalid circular reference. The default value of Input Object field \(place) "
            + "references itself" + (via.isEmpty ? "." : " via the default values of: \(via)."),
          locations: cycle.map(\.position.location)
        )
      )
      return
    }
    guard visitedDefaults.insert(place).inserted else { return }
    defaults.append((place, value.position))
    followDefaults(of: type, value)
    defaults.removeLast()
  }
}
