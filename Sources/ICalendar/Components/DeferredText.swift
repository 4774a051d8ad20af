/// A text that was set, or one of a line that was read, which is decoded when it is asked for.
///
/// Most texts of a large file are never looked at, and many are written as they came.
struct DeferredText: Sendable {
  private enum Source {
    case text(String)
    /// The value of a line, as it stands in octets that the component's lines share.
    case value(start: UInt32, length: UInt32, octets: [UInt8])
  }

  private let source: Source

  init(_ text: String) { source = .text(text) }

  init(valueOf line: ContentLine) {
    let range = line.valueRange
    source = .value(start: UInt32(range.lowerBound), length: UInt32(range.count), octets: line.octets)
  }

  var text: String {
    switch source {
    case .text(let text): text
    case .value: withValue { $0.unescapedText } ?? ""
    }
  }

  /// The number of octets, escapes included where the text was read.
  var size: Int {
    switch source {
    case .text(let text): text.utf8.count
    case .value(_, let length, _): Int(length)
    }
  }

  /// Gives the value as it stands in its line; nil for a text that was set.
  func withValue<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
    guard case .value(let start, let length, let octets) = source else { return nil }
    return octets.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[Int(start)..<Int(start) + Int(length)]))
    }
  }
}

extension DeferredText: Hashable {
  static func == (left: DeferredText, right: DeferredText) -> Bool { left.text == right.text }

  func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
