/// "Did you mean …?", chosen and ordered as the reference implementation does.
enum Suggestion {
  static func didYouMean(_ suggestions: [String], _ hint: String? = nil) -> String {
    let quoted = suggestions.prefix(5).map { "\"\($0)\"" }
    guard let last = quoted.last else { return "" }
    let start = " Did you mean " + (hint.map { $0 + " " } ?? "")
    switch quoted.count {
    case 1: return start + last + "?"
    case 2: return start + quoted[0] + " or " + last + "?"
    default: return start + quoted.dropLast().joined(separator: ", ") + ", or " + last + "?"
    }
  }

  /// The options that are near enough to what was written, the nearest first.
  static func list(_ input: String, _ options: some Sequence<String>) -> [String] {
    let threshold = input.utf8.count * 2 / 5 + 1
    return options.compactMap { option in distance(input, option, threshold).map { (option, $0) } }
      .sorted { $0.1 != $1.1 ? $0.1 < $1.1 : naturallyPrecedes($0.0, $1.0) }
      .map(\.0)
  }

  /// Damerau-Levenshtein distance; a change of case alone counts one.
  private static func distance(_ input: String, _ option: String, _ threshold: Int) -> Int? {
    if input == option { return 0 }
    let first = [UInt8](input.lowercased().utf8)
    let second = [UInt8](option.lowercased().utf8)
    if first == second { return 1 }
    if abs(first.count - second.count) > threshold { return nil }
    var beforePrevious: [Int] = []
    var previous = Array(0...second.count)
    for i in 0..<first.count {
      var row = [i + 1]
      for j in 0..<second.count {
        var cell = min(previous[j + 1] + 1, row[j] + 1, previous[j] + (first[i] == second[j] ? 0 : 1))
        if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
          cell = min(cell, beforePrevious[j - 1] + 1)
        }
        row.append(cell)
      }
      if let smallest = row.min(), smallest > threshold { return nil }
      beforePrevious = previous
      previous = row
    }
    return previous[second.count] <= threshold ? previous[second.count] : nil
  }

  /// Order by code units, runs of digits by their number.
  static func naturallyPrecedes(_ first: String, _ second: String) -> Bool {
    let a = [UInt8](first.utf8)
    let b = [UInt8](second.utf8)
    var i = 0
    var j = 0
    while i < a.count, j < b.count {
      if isDigit(a[i]), isDigit(b[j]) {
        let left = run(a, &i)
        let right = run(b, &j)
        if left.count != right.count { return left.count < right.count }
        if left != right { return left.lexicographicallyPrecedes(right) }
      } else {
        if a[i] != b[j] { return a[i] < b[j] }
        i += 1
        j += 1
      }
    }
    return a.count - i < b.count - j
  }

  /// The digits from an index on, without leading zeros.
  private static func run(_ bytes: [UInt8], _ index: inout Int) -> ArraySlice<UInt8> {
    let start = index
    while index < bytes.count, isDigit(bytes[index]) { index += 1 }
    return bytes[start..<index].drop { $0 == UInt8(ascii: "0") }
  }
}
