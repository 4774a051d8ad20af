import Foundation
import JSONModel

/// The body of an event, which Exchange always stores as HTML.
enum EventBody {
  /// The body as stored: HTML without the wrapper that every answer has around it.
  static func kept(_ json: JSON) throws(MicrosoftError) -> JSON {
    if json == .null { return ["content": ""] }
    guard json.object != nil else { throw EventProperties.mistyped("body", "microsoft.graph.itemBody") }
    let content = json["content"]?.string ?? ""
    switch json["contentType"]?.string?.lowercased() ?? "text" {
    case "html": return ["content": .string(inner(content))]
    case "text": return ["content": .string(html(ofText: content))]
    case let other: throw .unreadable("Requested value '\(other)' was not found.")
    }
  }

  static func shown(_ content: String, asText: Bool) -> JSON {
    if asText { return ["contentType": "text", "content": .string(text(of: content))] }
    guard !content.isEmpty else { return ["contentType": "html", "content": ""] }
    let head = "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">"
    return [
      "contentType": "html",
      "content": .string(
        "<html>\r\n<head>\r\n\(head)\r\n</head>\r\n<body>\r\n\(content)\r\n</body>\r\n</html>\r\n"
      ),
    ]
  }

  /// The first 255 characters of the text.
  static func preview(_ content: String) -> String { String(text(of: content).prefix(255)) }

  /// The content between `<body>` and `</body>`, or all of it.
  private static func inner(_ html: String) -> String {
    guard let open = html.range(of: "<body", options: .caseInsensitive),
      let start = html.range(of: ">", range: open.upperBound..<html.endIndex)
    else { return html }
    let end = html.range(of: "</body>", options: .caseInsensitive)?.lowerBound ?? html.endIndex
    guard start.upperBound <= end else { return html }
    return html[start.upperBound..<end].trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func html(ofText text: String) -> String {
    let lines = HTMLPage.escaped(text).replacing("\r\n", with: "\n").split(
      separator: "\n",
      omittingEmptySubsequences: false
    )
    return lines.joined(separator: "<br>\r\n")
  }

  /// The text of HTML: line breaks for `br`, `p` and `div`, no other markup.
  static func text(of html: String) -> String {
    var text = ""
    var rest = html.replacing("\r\n", with: "")[...]
    while let open = rest.firstIndex(of: "<") {
      text += rest[..<open]
      guard let close = rest[open...].firstIndex(of: ">") else { break }
      let tag = rest[rest.index(after: open)..<close].lowercased()
      if ["br", "br/", "br /", "/p", "/div"].contains(tag) { text += "\r\n" }
      rest = rest[rest.index(after: close)...]
    }
    text += rest.first == "<" ? "" : rest
    let named = [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&"),
    ]
    return named.reduce(text) { $0.replacing($1.0, with: $1.1) }.trimmingCharacters(in: .newlines)
  }
}
