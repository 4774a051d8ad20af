/// A place in the answer, shared by all the places below it.
final class ResponsePath: Sendable {
  private let parent: ResponsePath?
  private let element: PathElement

  init(_ element: PathElement, in parent: ResponsePath?) {
    self.parent = parent
    self.element = element
  }

  /// From the root down.
  var elements: [PathElement] {
    var reversed: [PathElement] = []
    var current: ResponsePath? = self
    while let place = current {
      reversed.append(place.element)
      current = place.parent
    }
    return reversed.reversed()
  }
}
