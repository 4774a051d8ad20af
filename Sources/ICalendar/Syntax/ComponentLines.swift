/// The lines of a component: places in octets that they share, or lines of any origin once they are changed.
///
/// A place is half of a line's size, and needs no counting of references: a large file has millions.
struct ComponentLines: Sendable {
  private enum Source {
    case shared([UInt8], [LineShape])
    case own([ContentLine])
  }

  private var source: Source

  init(_ lines: [ContentLine]) {
    source = .own(lines)
  }

  init(octets: [UInt8], shapes: [LineShape]) {
    source = .shared(octets, shapes)
  }

  var all: [ContentLine] {
    get {
      switch source {
      case .shared(let octets, let shapes): shapes.map { ContentLine(octets: octets, shape: $0) }
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
    case .shared(let octets, let shapes):
      for shape in shapes { visit(ContentLine(octets: octets, shape: shape)) }
    case .own(let lines): lines.forEach(visit)
    }
  }

  /// Whether any line has parameters.
  var haveParameters: Bool {
    switch source {
    case .shared(_, let shapes): shapes.contains { $0.hasParameters }
    case .own(let lines): lines.contains { $0.shape.hasParameters }
    }
  }

  /// The first line of a name.
  func first(_ known: PropertyName) -> ContentLine? {
    switch source {
    case .shared(let octets, let shapes):
      for shape in shapes where shape.known == known { return ContentLine(octets: octets, shape: shape) }
      return nil
    case .own(let lines): return lines.first { $0.shape.known == known }
    }
  }
}
