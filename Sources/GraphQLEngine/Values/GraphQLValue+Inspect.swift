extension GraphQLValue {
  /// How error messages show a value, as the reference implementation's `inspect` does: nesting is cut at two
  /// levels and lists at ten elements, so that a message stays short.
  var inspected: String { inspected(depth: 0) }

  private func inspected(depth: Int) -> String {
    switch self {
    case .null, .bool, .int, .string: return jsonText
    case .float(let number):
      // Written as JavaScript writes numbers: 1e+20 apart, no trailing ".0".
      if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
      return "\(number)"
    case .enumValue(let name): return name
    case .list(let elements):
      if elements.isEmpty { return "[]" }
      if depth > 2 { return "[Array]" }
      var parts = elements.prefix(10).map { $0.inspected(depth: depth + 1) }
      if elements.count == 11 { parts.append("... 1 more item") }
      if elements.count > 11 { parts.append("... \(elements.count - 10) more items") }
      return "[" + parts.joined(separator: ", ") + "]"
    case .object(let fields):
      if fields.isEmpty { return "{}" }
      if depth > 2 { return "[Object]" }
      let parts = fields.map { "\($0.key): \($0.value.inspected(depth: depth + 1))" }
      return "{ " + parts.joined(separator: ", ") + " }"
    }
  }
}
