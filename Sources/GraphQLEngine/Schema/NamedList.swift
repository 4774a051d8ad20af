protocol Named: Sendable {
  var name: String { get }
}

/// Things with unique names, in order, found by name in constant time.
struct NamedList<Element: Named>: Sendable, RandomAccessCollection, ExpressibleByArrayLiteral {
  private(set) var elements: [Element] = []
  private var positions: [String: Int] = [:]

  init(_ elements: some Sequence<Element>) {
    for element in elements { append(element) }
  }

  init(arrayLiteral elements: Element...) { self.init(elements) }

  /// Adds an element; of two with one name the first stays.
  mutating func append(_ element: Element) {
    guard positions[element.name] == nil else { return }
    positions[element.name] = elements.count
    elements.append(element)
  }

  subscript(name: String) -> Element? { positions[name].map { elements[$0] } }
  subscript(position: Int) -> Element { elements[position] }
  var startIndex: Int { 0 }
  var endIndex: Int { elements.count }
  var names: [String] { elements.map(\.name) }
}
