import Foundation
import ProviderKit

/// The block of a Teams meeting in the text of its event: a line of underscores, and below it the ways to join.
///
/// Exchange deletes the meeting when its block is gone. Which link is in it varies: `joinUrl` in other escapes, a short form
/// (`https://teams.microsoft.com/meet/…`), either of them wrapped by Safe Links; and Outlook for Windows rewrites the whole
/// in its own HTML. So a block is known by any of these, and begins with the first of them: what is taken for a part of the
/// block by mistake stays in the text as it is, what is taken for the text of people may be replaced.
enum TeamsBlock {
  /// Returns where the block begins in HTML; nil when there is none that is known.
  static func start(in html: String, joinURL: String?) -> String.Index? {
    let own = joinURL.map(decoded)
    var first = marker(in: html)
    if let joinURL, let range = html.range(of: joinURL, options: .literal) {
      first = min(first ?? range.lowerBound, range.lowerBound)
    }
    for link in links(in: html) {
      if let first, first <= link.place { break }
      let text = decoded(link.text)
      let isOwn = own.map { text.contains($0) } ?? false
      // Another meeting's link is no block; one below a line of underscores is.
      guard isOwn || isJoinLink(text) && line(above: link.place, in: html) != nil else { continue }
      first = link.place
    }
    return first.map { beginning(line(above: $0, in: html) ?? tag(around: $0, in: html), in: html) }
  }

  /// The first element that Teams made, by its id or class; Outlook puts `x_` before those of quoted text.
  private static func marker(in html: String) -> String.Index? {
    ["meet_invite_block", "me-email-headline", "me-email-text"]
      .compactMap { html.range(of: $0, options: .caseInsensitive)?.lowerBound }.min()
  }

  /// The links of a text, in order.
  private static func links(in html: String) -> [(place: String.Index, text: String)] {
    let pattern = "https?(?::|%3a|&#58;|&#x3a;)[^\\s\"'<>]+"
    guard let expression = try? NSRegularExpression(pattern: pattern, options: .caseInsensitive) else {
      return []
    }
    return expression.matches(in: html, range: NSRange(html.startIndex..., in: html)).compactMap { match in
      Range(match.range, in: html).map { ($0.lowerBound, String(html[$0])) }
    }
  }

  /// A link without its escapes, in lower case; those of a link inside another are escaped several times.
  private static func decoded(_ link: String) -> String {
    var text = HTMLText.plain(link)
    for _ in 0..<4 { text = text.removingPercentEncoding ?? text }
    return text.lowercased()
  }

  /// Whether a link leads to a meeting at Teams, by itself or through another address.
  private static func isJoinLink(_ link: String) -> Bool {
    let host = "//(?:[a-z0-9-]+\\.)*teams\\.(?:microsoft|live|cloud|microsoftonline)\\.[a-z]+"
    return link.range(of: host + "(?::443)?/(?:l/meetup-join|l/meeting|meet)/", options: .regularExpression)
      != nil
  }

  /// Where the last line of underscores above a place begins.
  private static func line(above place: String.Index, in html: String) -> String.Index? {
    let underscores = String(repeating: "_", count: 20)
    guard var start = html[..<place].range(of: underscores, options: .backwards)?.lowerBound else {
      return nil
    }
    while start > html.startIndex, html[html.index(before: start)] == "_" {
      start = html.index(before: start)
    }
    return start
  }

  /// The beginning of the tag that a place is in, or the place.
  private static func tag(around place: String.Index, in html: String) -> String.Index {
    let bound = html[..<place].lastIndex { $0 == "<" || $0 == ">" }
    return bound.flatMap { html[$0] == "<" ? $0 : nil } ?? place
  }

  private static let frames: Set = [
    "a", "b", "br", "div", "font", "p", "span", "strong", "table", "tbody", "td", "tr",
  ]

  /// Goes back over the space and the line breaks before a place, and over the elements that were opened just before it.
  private static func beginning(_ place: String.Index, in html: String) -> String.Index {
    var start = place
    while true {
      var lead = html[..<start]
      while lead.last?.isWhitespace == true { lead.removeLast() }
      start = lead.endIndex
      guard lead.last == ">", let open = lead.lastIndex(of: "<") else { return start }
      let name = lead[open...].dropFirst().prefix { $0.isLetter }.lowercased()
      guard frames.contains(name) else { return start }
      start = open
    }
  }
}
