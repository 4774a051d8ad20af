/// A page that shows the emails of a sink, newest first.
enum MailPage {
  /// The maximum number of characters shown of one email; the JSON has all.
  private static let shown = 20_000

  static func page(_ messages: [MailMessage]) -> String {
    let mails = messages.reversed().map { message in
      let rows: [(term: String, text: String?)] = [
        ("From", message.from), ("To", message.to.joined(separator: ", ")),
        ("Subject", subject(message.raw.prefix(shown))),
      ]
      return """
        <article>\(HTMLPage.list(rows))
        <details><summary>Message</summary><pre>\(HTMLPage.escaped(String(message.raw.prefix(shown))))</pre>
        </details></article>
        """
    }
    let content = mails.isEmpty ? "<p>No mail yet.</p>" : mails.joined(separator: "<hr>\n")
    return HTMLPage.document("Mail", "<h1>Mail</h1>\n\(content)")
  }

  /// The first line of the subject, as it was sent.
  private static func subject(_ raw: Substring) -> String? {
    let head = raw.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).prefix { !$0.isEmpty }
    return head.first { $0.lowercased().hasPrefix("subject:") }.map {
      String($0.dropFirst(8).drop(while: \.isWhitespace))
    }
  }

  /// Whether an `Accept` field ranks HTML above JSON (RFC 9110 §12.5.1).
  static func isPreferred(_ accept: String) -> Bool {
    var quality: [String: Double] = [:]
    for range in accept.lowercased().split(separator: ",").prefix(50) {
      let parts = range.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
      guard let name = parts.first else { continue }
      let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
      quality[name] = weight
    }
    let html = quality["text/html"] ?? quality["text/*"] ?? quality["*/*"] ?? 0
    return html > quality["application/json"] ?? quality["application/*"] ?? quality["*/*"] ?? 0
  }
}
