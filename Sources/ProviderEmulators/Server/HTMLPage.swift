/// A page for people who inspect an emulator.
enum HTMLPage {
  /// A whole page; `content` is markup, in which text must already be escaped.
  static func document(_ title: String, _ content: String) -> String {
    """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>\(escaped(title))</title>
    <style>body{font:16px/1.5 sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem}label{display:block}
    fieldset{margin:1rem 0}button{font:inherit;padding:.4rem 1rem}dt{font-weight:bold}
    pre,dd{white-space:pre-wrap;overflow-wrap:anywhere}</style></head>
    <body>\(content)</body></html>
    """
  }

  /// A list of terms and their texts, without the terms that have none.
  static func list(_ rows: [(term: String, text: String?)]) -> String {
    let items = rows.compactMap { row in
      row.text.flatMap { $0.isEmpty ? nil : "<dt>\(escaped(row.term))</dt><dd>\(escaped($0))</dd>" }
    }
    return "<dl>\(items.joined(separator: "\n"))</dl>"
  }

  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
  }
}
