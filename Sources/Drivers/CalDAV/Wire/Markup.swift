import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// An XML element, names resolved to their namespaces (Namespaces in XML 1.0).
struct Markup: Sendable {
  var name: Name
  var attributes: [String: String] = [:]
  var text = ""
  var children: [Markup] = []

  struct Name: Sendable, Hashable {
    var namespace: String
    var local: String

    static func dav(_ local: String) -> Self { Self(namespace: "DAV:", local: local) }
    static func calDAV(_ local: String) -> Self {
      Self(namespace: "urn:ietf:params:xml:ns:caldav", local: local)
    }
  }

  func first(_ name: Name) -> Markup? { children.first { $0.name == name } }
  func all(_ name: Name) -> [Markup] { children.filter { $0.name == name } }
  func contains(_ name: Name) -> Bool { children.contains { $0.name == name } }

  /// The text without the white space that servers indent with.
  var trimmedText: String { text.trimmingCharacters(in: .whitespacesAndNewlines) }

  /// Reads a document of a server that nobody vouches for; nil when it is not well-formed or passes a limit.
  static func parse(_ bytes: [UInt8]) -> Markup? {
    // WebDAV has no use for document types, and entities are how a small document becomes a large one. Text that
    // is not plainly UTF-8 could hide one from this look.
    guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0),
      !text.contains("<!DOCTYPE"), !text.contains("<!ENTITY"), declaresUTF8(text)
    else { return nil }
    let parser = XMLParser(data: Data(bytes))
    parser.shouldProcessNamespaces = true
    parser.shouldResolveExternalEntities = false
    let builder = MarkupBuilder()
    parser.delegate = builder
    guard parser.parse(), !builder.isOverLimit else { return nil }
    return builder.root
  }

  private static func declaresUTF8(_ text: String) -> Bool {
    guard text.hasPrefix("<?xml") || text.hasPrefix("\u{FEFF}<?xml") else { return true }
    let declaration = text.prefix { $0 != ">" }.lowercased()
    return !declaration.contains("encoding") || declaration.contains("utf-8")
      || declaration.contains("us-ascii")
  }
}

/// Builds the tree, within limits.
private final class MarkupBuilder: NSObject, XMLParserDelegate {
  private(set) var root: Markup?
  private(set) var isOverLimit = false
  private var open: [Markup] = []
  private var count = 0

  private static let maximumDepth = 32
  /// The list of a calendar with 20,000 events.
  private static let maximumCount = 200_000

  func parser(
    _ parser: XMLParser,
    didStartElement elementName: String,
    namespaceURI: String?,
    qualifiedName: String?,
    attributes: [String: String]
  ) {
    count += 1
    guard open.count < Self.maximumDepth, count <= Self.maximumCount else {
      isOverLimit = true
      parser.abortParsing()
      return
    }
    let local = elementName.split(separator: ":").last.map(String.init) ?? elementName
    open.append(Markup(name: .init(namespace: namespaceURI ?? "", local: local), attributes: attributes))
  }

  func parser(_ parser: XMLParser, didEndElement: String, namespaceURI: String?, qualifiedName: String?) {
    guard !isOverLimit, let element = open.popLast() else { return }
    if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    guard !isOverLimit, !open.isEmpty else { return }
    open[open.count - 1].text += string
  }

  func parser(_ parser: XMLParser, foundCDATA block: Data) {
    guard !isOverLimit, !open.isEmpty else { return }
    open[open.count - 1].text += String(decoding: block, as: UTF8.self)
  }
}
