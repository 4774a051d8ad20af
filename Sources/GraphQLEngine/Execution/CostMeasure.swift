/// How many values an operation may ask for: fields, times the sizes of the lists around them.
///
/// Lists say their size by `@listSize` in the schema, as the GraphQL Cost Directives specification has it.
struct CostMeasure<Context: Sendable> {
  /// The size of a list of which the schema says nothing.
  static var unknownListSize: Int { 10 }

  private var known: [ObjectIdentifier: Int] = [:]

  static func check(
    _ plan: SelectionPlan<Context>,
    maxCost: Int,
    at position: Position
  ) throws(GraphQLError) {
    var measure = CostMeasure()
    let cost = measure.cost(of: plan)
    guard cost > maxCost else { return }
    throw .limit(
      "The document may ask for \(cost) values, more than \(maxCost). Ask for shorter lists, or for fewer lists within lists.",
      at: [position]
    )
  }

  /// `sized` has the sizes of lists that the field around these has an argument for.
  private mutating func cost(of plan: SelectionPlan<Context>, sized: [String: Int] = [:]) -> Int {
    if sized.isEmpty, let cost = known[ObjectIdentifier(plan)] { return cost }
    var sum = 0
    for field in plan.fields { sum = sum.cappedSum(cost(of: field, size: sized[field.definition.name])) }
    if sized.isEmpty { known[ObjectIdentifier(plan)] = sum }
    return sum
  }

  private mutating func cost(of field: FieldPlan<Context>, size: Int?) -> Int {
    // The types of a schema are what they are: introspection is bounded by its depth.
    if field.definition.name.hasPrefix("__") || field.parent.isIntrospection { return 1 }
    let listSize = field.definition.listSize
    let asked = listSize.flatMap { Self.size($0, arguments: field.arguments) }
    let sized = Dictionary((listSize?.sizedFields ?? []).map { ($0, asked ?? Self.unknownListSize) }) { $1 }
    let elements = field.definition.type.listDepth
    var count = 1
    if elements > 0 {
      count = size ?? (sized.isEmpty ? asked : nil) ?? Self.unknownListSize
      for _ in 1..<max(elements, 1) { count = count.cappedProduct(Self.unknownListSize) }
    }
    let below = field.selections.values.map { cost(of: $0, sized: sized) }.max() ?? 0
    return (elements > 0 ? count.cappedSum(1) : 1).cappedSum(count.cappedProduct(below))
  }

  private static func size(_ listSize: ListSize, arguments: Result<Arguments, GraphQLError>) -> Int? {
    let asked = listSize.slicingArguments.compactMap { (try? arguments.get())?.optionalInt($0) }
    return asked.max().map { max($0, 0) } ?? listSize.assumedSize
  }
}

/// The arguments of a field's `@listSize`.
struct ListSize: Sendable, Hashable {
  /// When no argument tells.
  var assumedSize: Int?
  /// The arguments that tell how many elements are wanted.
  var slicingArguments: [String] = []
  /// The fields of the field's type which these elements are in; none when the field is the list itself.
  var sizedFields: [String] = []
}

extension TypeReference {
  /// How many lists lie within each other.
  fileprivate var listDepth: Int {
    switch self {
    case .named: 0
    case .nonNull(let inner): inner.listDepth
    case .list(let inner): 1 + inner.listDepth
    }
  }
}

extension Int {
  fileprivate func cappedSum(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }

  fileprivate func cappedProduct(_ other: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}
