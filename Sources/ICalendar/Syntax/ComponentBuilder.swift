/// Makes a component of the lines that were found in it.
///
/// Only where they are is noted while it is read: lines share the octets, which are complete at the end only.
struct ComponentBuilder: Sendable {
  /// The lines, and the BEGINs and ENDs between them; a BEGIN's `start` is the place of its name in `names`.
  private var steps: [LineLayout] = []
  private var names: [String] = []
  /// The names of the components that have begun and not ended, outermost first.
  private(set) var openNames: [String] = []
  private var layouts: [LineLayout] = []
  private var parts: [Component] = []
  private var open: [(name: Int, layouts: Int, parts: Int)] = []

  var isOpen: Bool { !openNames.isEmpty }
  var depth: Int { openNames.count }

  mutating func begin(_ name: String) {
    if steps.isEmpty { steps.reserveCapacity(32) }
    steps.append(LineLayout(known: .begin, nameLength: 0, valueOffset: 0, start: names.count, length: 0))
    names.append(name)
    openNames.append(name)
  }

  mutating func append(_ layout: LineLayout) {
    steps.append(layout)
  }

  /// Ends the innermost component of that name, and those within it; false when there is none.
  mutating func close(_ name: String) -> Bool {
    guard let index = openNames.lastIndex(of: name) else { return false }
    close(downTo: index)
    return true
  }

  mutating func closeAll() { close(downTo: 0) }

  private mutating func close(downTo depth: Int) {
    while openNames.count > depth {
      openNames.removeLast()
      steps.append(LineLayout(known: .end, nameLength: 0, valueOffset: 0, start: 0, length: 0))
    }
  }

  /// The component, once its end was seen.
  mutating func take(_ octets: [UInt8]) -> Component? {
    guard openNames.isEmpty, !steps.isEmpty else { return nil }
    // A copy of just the right size, since the reader's own grows as it needs.
    let octets = octets.withUnsafeBufferPointer { Array($0) }
    defer {
      steps.removeAll(keepingCapacity: steps.capacity < 4096)
      names.removeAll(keepingCapacity: names.capacity < 4096)
    }
    if names.count == 1 {
      // Nothing is within it.
      let lines = ComponentLines(octets: octets, layouts: Array(steps.dropFirst().dropLast()))
      return Component(read: names[0], lines: lines, components: [])
    }
    for step in steps {
      switch step.known {
      case .begin: open.append((Int(step.start), layouts.count, parts.count))
      case .end:
        guard let frame = open.popLast() else { continue }
        let component = Component(
          read: names[frame.name],
          lines: ComponentLines(octets: octets, layouts: layouts.takeLast(from: frame.layouts)),
          components: parts.takeLast(from: frame.parts)
        )
        parts.append(component)
      default: layouts.append(step)
      }
    }
    return parts.popLast()
  }
}

extension Array {
  /// Removes the elements from an index on, and returns them in an array of just their number.
  fileprivate mutating func takeLast(from index: Int) -> [Element] {
    guard index < count else { return [] }
    let taken = Array(self[index...])
    removeLast(count - index)
    return taken
  }
}
