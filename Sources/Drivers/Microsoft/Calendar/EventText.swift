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
  /// Whether the block of its Teams meeting is somewhere in the text, and nobody knows where.
  private(set) var hidesBlock = false

  init(_ text: String?, link: String? = nil) {
    html = Self.html(of: text ?? "")
    self.link = link
  }

  /// Takes the body of an event apart.
  init(_ event: GraphEvent) {
    var inner = Self.inner(event.body)
    if event.isOnlineMeeting || event.joinURL != nil {
      if let start = TeamsBlock.start(in: inner, joinURL: event.joinURL) {
        block = String(inner[start...])
        inner = String(inner[..<start])
      } else {
        hidesBlock = event.isOnlineMeeting && event.joinURL != nil
      }
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

  /// The line that shows a link, wherever people moved it to.
  private static func line(of link: String, in html: String) -> Range<String.Index>? {
    let links = [HTMLText.escaped(link), link].map(NSRegularExpression.escapedPattern(for:)).joined(
      separator: "|"
    )
    let line = "Join: (?:<a [^<>]*>)?(?:\(links))(?:</a>)?"
    return html.range(of: "(?:<br ?/?>\\s*){0,2}\(line)", options: [.regularExpression, .backwards])
  }
}
