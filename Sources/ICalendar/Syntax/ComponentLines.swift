/// The lines of a component: places in octets that they share, or lines of any origin once they are changed.
///
/// A place is half of a line's size, and needs no counting of references: a large file has millions.
struct ComponentLines: Sendable {
  private enum Source {
    case shared([UInt8], [LineLayout])
    case own([ContentLine])
  }

  private var source: Source

  init(_ lines: [ContentLine]) {
    source = .own(lines)
  }

  init(octets: [UInt8], layouts: [LineLayout]) {
    source = .shared(octets, layouts)
  }

  var all: [ContentLine] {
    get {
      switch source {
      case .shared(let octets, let layouts): layouts.map { ContentLine(octets: octets, layout: $0) }
      case .own(let lines): lines
      }
    }
    _modify {
      var lines = all
      // Let go of what is changed, so that it is not copied for it.
      source = .own([])
      defer { source = .own(lines) }
      yield &lines
    }
  }

  @inline(__always)
  func forEach(_ visit: (ContentLine) -> Void) {
    switch source {
    case .shared(let octets, let layouts):
      for layout in layouts { visit(ContentLine(octets: octets, layout: layout)) }
    case .own(let lines): lines.forEach(visit)
    }
  }

  /// Whether any line has parameters.
  var haveParameters: Bool {
    switch source {
    case .shared(_, let layouts): layouts.contains { $0.hasParameters }
    case .own(let lines): lines.contains { $0.layout.hasParameters }
    }
  }

  /// The number of lines of a name.
  func count(of known: PropertyName) -> Int {
    switch source {
    case .shared(_, let layouts): layouts.count { $0.known == known }
    case .own(let lines): lines.count { $0.layout.known == known }
    }
  }

  /// The first line of a name.
  func first(_ known: PropertyName) -> ContentLine? {
    switch source {
    case .shared(let octets, let layouts):
      for layout in layouts where layout.known == known { return ContentLine(octets: octets, layout: layout) }
      return nil
    case .own(let lines): return lines.first { $0.layout.known == known }
    }
  }
}

extension ComponentLines: Equatable {
  static func == (left: ComponentLines, right: ComponentLines) -> Bool {
    guard case .shared(let octets, let layouts) = left.source,
      case .shared(let otherOctets, let otherLayouts) = right.source
    else { return left.all == right.all }
    return layouts.count == otherLayouts.count
      && zip(layouts, otherLayouts).allSatisfy {
        ContentLine(octets: octets, layout: $0) == ContentLine(octets: otherOctets, layout: $1)
      }
  }
}
