/// The places in the answer of the rows of a column, computed lazily.
final class Places: Sendable {
  private enum Step: Sendable {
    case root
    /// Every row lies in the parent's row of the same number, under a key.
    case field(String)
    /// Rows are the elements of the parent's lists; list `i` has the rows from `offsets[i]` to `offsets[i + 1]`.
    case elements(offsets: [Int])
    /// Rows are some of the parent's.
    case picked([Int])
  }

  private let step: Step
  private let parent: Places?

  private init(_ step: Step, in parent: Places?) {
    self.step = step
    self.parent = parent
  }

  static let root = Places(.root, in: nil)

  func field(_ key: String) -> Places { Places(.field(key), in: self) }

  func elements(_ offsets: [Int]) -> Places { Places(.elements(offsets: offsets), in: self) }

  func picked(_ rows: [Int]) -> Places { Places(.picked(rows), in: self) }

  /// A row's path, from the root down.
  func path(_ row: Int) -> [PathElement] {
    var reversed: [PathElement] = []
    var row = row
    var place = self
    while let parent = place.parent {
      switch place.step {
      case .root: break
      case .field(let key): reversed.append(.field(key))
      case .picked(let rows): row = rows[row]
      case .elements(let offsets):
        let list = offsets.partitioningIndex { $0 > row } - 1
        reversed.append(.index(row - offsets[list]))
        row = list
      }
      place = parent
    }
    return reversed.reversed()
  }
}

extension [Int] {
  /// The first index whose element is behind what is looked for, in a list that has all those at its end.
  fileprivate func partitioningIndex(where isBehind: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
