import Synchronization

/// A document that was parsed, measured and found valid.
final class PreparedDocument: Sendable {
  let document: DocumentNode

  init(_ document: DocumentNode) { self.document = document }
}

/// The valid documents of late, by their text: a client sends the same few again and again.
///
/// Two generations: what was asked for since the last change of generations survives the next one.
final class DocumentCache: Sendable {
  /// A text by its octets: strings that look alike are equal in Swift, and are not the same document.
  private struct Key: Hashable {
    let octets: [UInt8]
    init(_ text: String) { octets = Array(text.utf8) }
  }

  private struct Generations {
    var young: [Key: PreparedDocument] = [:]
    var old: [Key: PreparedDocument] = [:]
    var youngBytes = 0
  }

  /// In bytes of text; a tree takes some ten times as much.
  private let generationBytes: Int
  private let generations = Mutex(Generations())

  init(generationBytes: Int = 200_000) { self.generationBytes = generationBytes }

  func document(_ text: String) -> PreparedDocument? {
    let key = Key(text)
    return generations.withLock { known in
      if let document = known.young[key] { return document }
      guard let document = known.old[key] else { return nil }
      add(document, key, to: &known)
      return document
    }
  }

  func add(_ document: PreparedDocument, for text: String) {
    let key = Key(text)
    generations.withLock { add(document, key, to: &$0) }
  }

  private func add(_ document: PreparedDocument, _ key: Key, to known: inout Generations) {
    let size = key.octets.count
    // One that fills a generation alone would push out all the others.
    guard size <= generationBytes / 4 else { return }
    if known.youngBytes + size > generationBytes {
      known.old = known.young
      known.young = [:]
      known.youngBytes = 0
    }
    if known.young.updateValue(document, forKey: key) == nil { known.youngBytes += size }
  }
}
