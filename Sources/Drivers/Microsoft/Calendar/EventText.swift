import Foundation
import JSONModel
import ProviderKit

/// The text of an event as Exchange keeps it: HTML in which stand what people wrote, the line with another service's
/// link, and the block of the Teams meeting.
///
/// A change of the first leaves the other two: without its block a Teams meeting is lost.
struct EventText: Sendable, Hashable {
  /// The text that people wrote, as HTML.
  var html: String
  /// The block of the Teams meeting, with what stands below it; empty when there is none.
  var block = ""
  /// The link that is shown.
  var link: String?

  init(_ text: String?, link: String? = nil) {
    html = Self.html(of: text ?? "")
    self.link = link
  }

  /// Takes the body of an event apart.
  init(_ event: GraphEvent) {
    var inner = Self.inner(event.body)
    if let joinURL = event.joinURL, let start = Self.blockStart(in: inner, joinURL: joinURL) {
      block = String(inner[start...])
      inner = String(inner[..<start])
    }
    html = inner
    guard let link = event[.link] else { return }
    if let line = Self.line(of: link, in: inner) {
      html.removeSubrange(line)
      self.link = link
    } else if event.place == link {
      self.link = link
    }
  }

  /// The text that people wrote, as plain text.
  var text: String { HTMLText.plain(html) }

  /// The body to be sent.
  var body: JSON {
    var content = html
    if let link {
      if !content.isEmpty { content += "<br><br>" }
      let escaped = HTMLText.escaped(link)
      content += "Join: <a href=\"\(escaped)\">\(escaped)</a>"
    }
    return ["contentType": "html", "content": .string(content + block)]
  }

  mutating func set(_ text: String?) { html = Self.html(of: text ?? "") }

  private static func html(of text: String) -> String {
    HTMLText.escaped(text).replacing("\r\n", with: "\n").replacing("  ", with: "&nbsp; ")
      .replacing("\n", with: "<br>")
  }

  /// The content between `<body>` and `</body>`, or the whole text.
  private static func inner(_ html: String) -> String {
    guard let open = html.range(of: "<body", options: .caseInsensitive),
      let start = html.range(of: ">", range: open.upperBound..<html.endIndex)
    else { return html }
    let end = html.range(of: "</body>", options: [.caseInsensitive, .backwards])?.lowerBound ?? html.endIndex
    guard start.upperBound <= end else { return html }
    return html[start.upperBound..<end].trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Where the block begins: at the element with the line of underscores before the link, or at the link itself.
  private static func blockStart(in html: String, joinURL: String) -> String.Index? {
    guard
      let link = [joinURL, HTMLText.escaped(joinURL)].lazy
        .compactMap({ html.range(of: $0, options: .literal) }).first
    else { return nil }
    let before = html[..<link.lowerBound]
    let place =
      before.range(of: String(repeating: "_", count: 20), options: .backwards)?.lowerBound
      ?? link.lowerBound
    // Back over the rest of the line, and to the start of the element.
    let tag = html[..<place].range(of: "<", options: .backwards)?.lowerBound ?? place
    let lead = html[..<tag]
    guard let breaks = lead.range(of: "(?:<br ?/?>\\s*)+$", options: .regularExpression) else { return tag }
    return breaks.lowerBound
  }

  /// The line that shows a link, wherever people moved it to.
  private static func line(of link: String, in html: String) -> Range<String.Index>? {
    let links = [HTMLText.escaped(link), link].map(NSRegularExpression.escapedPattern(for:)).joined(
      separator: "|"
    )
    let line = "Join: (?:<a [^<>]*>)?(?:\(links))(?:</a>)?"
    return html.range(of: "(?:<br ?/?>\\s*){0,2}\(line)", options: [.regularExpression, .backwards])
  }
}
