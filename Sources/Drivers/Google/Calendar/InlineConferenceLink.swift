import Foundation
import ProviderKit

/// A conference's link of another service, as it stands in an event: the last line of the description, and the place
/// when there is no other.
///
/// `conferenceData` is not for us to fill: Google takes foreign conferences from add-ons only. A private property
/// remembers the link, so that what was added can be told from what people wrote.
struct InlineConferenceLink: Sendable, Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  /// The link as a place, if Google takes one so long.
  var place: String? { text.count <= 1024 ? text : nil }

  /// The description, which is HTML as the line is, with the line.
  func adding(to html: String) -> String { html.isEmpty ? line : "\(html)\n\n\(line)" }

  /// The description without the line; nil when it has none.
  ///
  /// Wherever people moved it to, and also as Google's editor writes it: with `<br>`, the link as `<a>`.
  func removing(from description: String?) -> String? {
    guard let description, let pattern = try? NSRegularExpression(pattern: pattern) else { return nil }
    let all = NSRange(description.startIndex..., in: description)
    guard let found = pattern.matches(in: description, range: all).last,
      let range = Range(found.range, in: description)
    else { return nil }
    return description.replacingCharacters(in: range, with: "")
  }

  /// Whether anyone who looks at the event sees it.
  func isSeen(in event: WireEvent) -> Bool {
    event.location == text
      || spellings.contains { (event.description ?? "").range(of: $0, options: .literal) != nil }
  }

  private var line: String { "Join: \(HTMLText.escaped(text, quotes: false))" }

  /// The link as programs write it: as text of HTML, as an attribute, and plainly.
  private var spellings: [String] {
    [HTMLText.escaped(text, quotes: false), HTMLText.escaped(text), text]
  }

  private var pattern: String {
    let links = spellings.map(NSRegularExpression.escapedPattern(for:)).joined(separator: "|")
    let line = "Join: (?:<a [^<>]*>)?(?:\(links))(?:</a>)?"
    let lineBreak = #"(?:\r?\n|<br */?>|</?(?:p|div)(?: [^<>]*)?>)"#
    return #"\#(lineBreak){1,2}\#(line)(?=\#(lineBreak)|\z)|\A\#(line)(?:\#(lineBreak){1,2}|\z)"#
  }
}

/// The private properties in which the link is kept.
extension InlineConferenceLink {
  static let key = "phosConferenceLink"
  /// A value has at most 1,024 characters (guide "Extended properties"), a link of ours twice as many octets.
  static let restKey = "phosConferenceLinkRest"

  var properties: [String: String] {
    let rest = text.dropFirst(1024)
    return rest.isEmpty
      ? [Self.key: text] : [Self.key: String(text.prefix(1024)), Self.restKey: String(rest)]
  }

  /// The link that was put into an event.
  init?(_ properties: [String: String]?) {
    guard let first = properties?[Self.key], !first.isEmpty else { return nil }
    text = first + (properties?[Self.restKey] ?? "")
  }
}

extension WireEvent {
  /// The link of another service that is in the event; nil when a person removed it.
  var shownLink: InlineConferenceLink? {
    InlineConferenceLink(extendedProperties?.private).flatMap { $0.isSeen(in: self) ? $0 : nil }
  }
}
