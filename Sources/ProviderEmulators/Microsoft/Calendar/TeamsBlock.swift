import Foundation

/// The forms in which the block of a Teams meeting appears in the text of its event.
package enum TeamsBlockForm: String, Sendable, Codable, CaseIterable {
  /// The block with `joinUrl` unchanged.
  case usual
  /// The block with a short link, `https://teams.microsoft.com/meet/…?p=…`.
  case short
  /// The block with `joinUrl` escaped differently.
  case escaped
  /// The block with the link wrapped by Outlook's Safe Links.
  case safeLink
  /// The block that Teams wrote until 2024, with the short link.
  case old
  /// The block as Outlook for Windows rewrites it, without Teams' ids and classes.
  case rewritten
  /// A block that cannot be told apart from other text.
  case unrecognizable
}

/// The block of a Teams meeting in the text of its event.
struct TeamsBlock {
  private let form: TeamsBlockForm
  private let joinURL: String
  private static let line = String(repeating: "_", count: 80)

  init(_ form: TeamsBlockForm, _ joinURL: String) {
    self.form = form
    self.joinURL = joinURL
  }

  var html: String {
    switch form {
    case .usual, .short, .escaped, .safeLink:
      """
      <br>\r\n<div style="margin-bottom:24px; overflow:hidden; white-space:nowrap">\(Self.line)</div>\r\n\
      <div class="me-email-text" lang="en-US"><div><span>Microsoft Teams</span></div>\r\n\
      <div><a id="meet_invite_block.action.join_link" class="me-email-headline" href="\(link)">\
      Join the meeting now</a></div></div>
      """
    case .old:
      """
      <br>\r\n<div style="width:100%; height:20px"><span style="white-space:nowrap">\(Self.line)</span> </div>\r\n\
      <div class="me-email-text"><div><span>Microsoft Teams meeting</span> </div>\r\n\
      <a class="me-email-headline" href="\(link)">Click here to join the meeting</a> </div>\r\n\
      <div style="width:100%; height:20px"><span style="white-space:nowrap">\(Self.line)</span> </div>
      """
    case .rewritten:
      """
      \r\n<p class="MsoNormal"><span style="color:#5F5F5F">\(Self.line)</span><o:p></o:p></p>\r\n\
      <p class="MsoNormal"><b>Microsoft Teams</b></p>\r\n\
      <p class="MsoNormal"><a href="\(link)"><span>Join the meeting now</span></a></p>
      """
    case .unrecognizable: "<p>Join with the meeting ID \(number) and the passcode aB3dE6</p>"
    }
  }

  private var link: String {
    switch form {
    case .usual: joinURL
    case .short, .old, .rewritten, .unrecognizable: "https://teams.microsoft.com/meet/\(number)?p=aB3dE6fG9"
    case .escaped:
      joinURL.replacing("%3a", with: ":").replacing("%7b", with: "%7B").replacing("%22", with: "&quot;")
        .replacing("teams.microsoft.com", with: "Teams.Microsoft.com")
    case .safeLink:
      "https://eur01.safelinks.protection.outlook.com/ap/t-59584e83/?url=" + Self.escaped(joinURL)
        + "&amp;data=05%7C02%7C&amp;reserved=0"
    }
  }

  /// The number of the meeting in its short link.
  private var number: String {
    String(
      joinURL.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        % 1_000_000_000_000
    )
  }

  private static func escaped(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(.init(charactersIn: "-._~")))
      ?? text
  }

  /// The visible words of a text.
  static func words(_ html: String) -> String {
    EventBody.text(of: html).split { $0.isWhitespace || $0 == "\u{A0}" }.joined(separator: " ")
  }

  /// The links of a text, normalized so that different spellings are equal.
  static func links(_ html: String) -> Set<String> {
    Set(
      html.matches(of: /href="([^"]*)"/).map { match in
        var text = String(match.1).replacing("&amp;", with: "&").replacing("&quot;", with: "\"")
        for _ in 0..<3 { text = text.removingPercentEncoding ?? text }
        return text.lowercased()
      }
    )
  }
}
