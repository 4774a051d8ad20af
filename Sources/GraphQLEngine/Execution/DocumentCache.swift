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
  private struct Generations {
    var young: [String: PreparedDocument] = [:]
    var old: [String: PreparedDocument] = [:]
    var youngBytes = 0
  }

  /// In bytes of text; a tree takes some ten times as much.
  private let generationBytes: Int
  private let generations = Mutex(Generations())

  init(generationBytes: Int = 200_000) { self.generationBytes = generationBytes }

  func document(_ text: String) -> PreparedDocument? {
    generations.withLock { known in
      if let document = known.young[text] { return document }
      guard let document = known.old[text] else { return nil }
      add(document, text, to: &known)
      return document
    }
  }

  func add(_ document: PreparedDocument, for text: String) {
    generations.withLock { add(document, text, to: &$0) }
  }

  private func add(_ document: PreparedDocument, _ text: String, to known: inout Generations) {
    let size = text.utf8.count
    // One that fills a generation alone would push out all the others.
    guard size <= generationBytes / 4 else { return }
    if known.youngBytes + size > generationBytes {
      known.old = known.young
      known.young = [:]
      known.youngBytes = 0
    }
    if known.young.updateValue(document, forKey: text) == nil { known.youngBytes += size }
  }
}
