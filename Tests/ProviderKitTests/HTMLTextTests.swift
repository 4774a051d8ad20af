import ProviderKit
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct HTMLTextTests {
  /// As Google's and Outlook's editors write them, and what people read in them.
  @Test(arguments: [
    ("<b>Agenda</b><br><ul><li>One</li><li>Two</li></ul>A &amp; B", "Agenda\n- One\n- Two\nA & B"),
    ("<ol><li>One<ul><li>a</li></ul></li><li><p>Two</p></li></ol>", "1. One\n  - a\n2. Two"),
    ("<div>A</div><div><br></div><div>B</div>", "A\n\nB"), ("A<br/><br />B<BR>", "A\n\nB"),
    ("<p>Dear <i>all</i>,</p><p>x</p>", "Dear all,\nx"),
    ("<b><i>A</i> <u>B</u></b><!-- <b>no</b> -->C", "A BC"),
    ("&lt;b&gt; &quot;&apos;&#39;&#x1F680;&nbsp;&amp;lt;", "<b> \"''🚀 &lt;"),
    ("<a href=\"https://x.example/a?b=1&amp;c=2\">Notes</a>!", "Notes (https://x.example/a?b=1&c=2)!"),
    ("<a href=\"https://x.example/\" target=\"_blank\">x.example</a>", "x.example"),
    (
      "<a href='mailto:ada@x.example'>Ada</a>, <a href=\"mailto:b@x.example\">b@x.example</a>",
      "Ada (ada@x.example), b@x.example"
    ),
    ("<a href=\"https://x.example/1\"></a><a href=\"#top\">Up</a>", "https://x.example/1Up"),
    ("<p>A<br><a href=\"https://x.example/1\"><b>https://x.example/1</b></a></p>", "A\nhttps://x.example/1"),
    ("<table><tr><td>A</td><td>B</td></tr><tr><td>C</td></tr></table>", "A B\nC"),
    ("<style>p { color: red }</style><script>a<b</script>Text", "Text"),
    ("<html-blob><span style=\"color:red\">A</span></html-blob>", "A"),
  ])
  func `markup is read as people see it`(html: String, text: String) {
    #expect(HTMLText.plain(html, .editable) == text)
    #expect(HTMLText.plain(html) == text)
  }

  @Test(arguments: [
    "Plain text\n\n  with  spaces\tand lines\n", "I <3 you > me",
    "Contact <ada@x.example> & <https://x.example>",
    "a < b && c > d", "AT&T; R&D &unknown; & &#xD800;", "Dear <name>, <b and c> <", "<i class=", "<!-- open",
    "<3 <b", "if x<y then </y>", "\r\nA\rB\r\n", "",
  ])
  func `text without markup of an editor stays as it is`(text: String) {
    #expect(HTMLText.plain(text, .editable).utf8.elementsEqual(text.utf8))
  }

  @Test func `line breaks that set markup apart are none of the text`() {
    let html = "<ul>\n  <li>One</li>\n  <li>Two</li>\n</ul>\nThree<br>\nFour\n\nFive<b>\n</b>"
    #expect(HTMLText.plain(html, .editable) == "- One\n- Two\nThree\nFour\n\nFive\n")
    #expect(HTMLText.plain("<p>\r\n\tA\r\n B</p>\n") == "A B")
  }

  @Test func `any text that was escaped reads as it was`() {
    var random = SeededRandom(seed: 20_270_128)
    let pieces = [
      "<", ">", "&", "\"", "'", "/", "!--", "-->", "b", "br", "a href=", "li", "script", "lt;", "amp;",
      "#60;",
      ";", " ", "  ", "\n", "\r\n", "\r", "\t", "\u{301}", "\u{338}", "\u{A0}", "\u{2028}", "é", "🚀",
      "x@y.example",
      "https://x.example/?a=1&b=2", "Join: ",
    ]
    for _ in 0..<5000 {
      let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in random.pick(pieces) }.joined()
      for quotes in [true, false] {
        let html = HTMLText.escaped(text, quotes: quotes)
        #expect(HTMLText.plain(html, .editable).utf8.elementsEqual(text.utf8), "\(text.debugDescription)")
        #expect(!html.utf8.contains(UInt8(ascii: "<")) && !html.utf8.contains(UInt8(ascii: ">")))
      }
    }
  }

  /// Were the rest read again for each of them, the suite's time would not do.
  @Test(arguments: ["<!--", "<style>", "<a href=\"", "<b"])
  func `markup that never ends is read in one pass`(piece: String) {
    let html = String(repeating: piece, count: 100_000)
    for form in [HTMLText.Form.document, .editable] {
      #expect(HTMLText.plain(html, form).utf8.count <= html.utf8.count)
    }
  }
}
