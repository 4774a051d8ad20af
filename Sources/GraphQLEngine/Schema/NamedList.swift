import OrderedCollections

protocol Named: Sendable {
  var name: String { get }
}

/// Things with unique names, in order.
typealias NamedList<Element> = OrderedDictionary<String, Element>

extension OrderedDictionary where Key == String, Value: Named {
  /// Makes a list of which each element is found by its name; of two with one name the first stays.
  init(_ elements: some Sequence<Value>) {
    self.init(elements.lazy.map { ($0.name, $0) }) { first, _ in first }
  }
}
