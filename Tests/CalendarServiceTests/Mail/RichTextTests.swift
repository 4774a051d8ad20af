@testable import CalendarService
import Testing

@Suite(.timeLimit(.minutes(5))) struct RichTextTests {
  @Test(arguments: [
    ("<p>Hello <b>you</b></p>", "<p>Hello <b>you</b></p>", "Hello you"),
    ("<p>one</p><p>two</p>", "<p>one</p><p>two</p>", "one\n\ntwo"),
    ("a<br>b", "a<br>b", "a\nb"),
    ("<STRONG>x</STRONG> <em>y</em>", "<b>x</b> <i>y</i>", "x y"),
    (
      "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>",
      "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>", "- a\n- b\n  1. c"
    ),
    (
      #"<a href="https://x.example/?a=1&amp;b=2">here</a>"#,
      #"<a href="https://x.example/?a=1&amp;b=2">here</a>"#, "here <https://x.example/?a=1&b=2>"
    ),
    (
      "<a href=https://x.example>https://x.example</a>",
      #"<a href="https://x.example">https://x.example</a>"#, "https://x.example"
    ),
    ("<b>meeting</b>&nbsp;to", "<b>meeting</b>\u{A0}to", "meeting to"),
    ("<pre>a\n  b</pre>", "<pre>a\n  b</pre>", "a\n  b"),
    ("5 &lt; 6 &#38; &#x1F388;<br>", "5 &lt; 6 &amp; 🎈<br>", "5 < 6 & 🎈"),
  ])
  func `what a mail needs is kept`(source: String, html: String, text: String) {
    let rich = RichText(html: source)
    #expect(rich.html == html)
    #expect(rich.text == text)
    #expect(rich.hasElements)
  }

  @Test(arguments: [
    ("<script>alert(1)</script>x", "x"),
    ("<p onclick=alert(1) style='x'>x</p>", "<p>x</p>"),
    (#"<a href="javascript:alert(1)">x</a>"#, "x"),
    (#"<a href=" java&#10;script:alert(1)">x</a>"#, "x"),
    (#"<a href="JAVASCRIPT:alert(1)">x</a>"#, "x"),
    (#"<a href="data:text/html,x">x</a>"#, "x"),
    (#"<a href="https://x.example" onmouseover="alert(1)">x</a>"#, #"<a href="https://x.example">x</a>"#),
    (
      #"<a href='https://x.example/"><script>'>x</a>"#,
      #"<a href="https://x.example/&quot;&gt;&lt;script&gt;">x</a>"#
    ),
    ("<img src=x onerror=alert(1)>x", "x"),
    ("<svg><script>alert(1)</script></svg>x", "x"),
    ("<style>p{}</style><!-- <p> -->x", "x"),
    ("<iframe src=//x></iframe>x", "x"),
    ("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table></math>x", "x"),
    ("<p>a<p>b</p></div></b>", "<p>a</p><p>b</p>"),
    ("<b><i>a</b>b</i>", "<b><i>a</i></b>b"),
    ("<script>alert(1)", ""),
    ("<!--", ""),
    ("a < b <3 </ <", "a &lt; b &lt;3 &lt;/ &lt;"),
    ("<p", "<p></p>"),
    ("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("\u{0}\u{8}x", "x"),
  ])
  func `nothing else is, however it is written`(source: String, html: String) {
    #expect(RichText(html: source).html == html)
  }

  @Test func `writing what was written changes nothing`() {
    let once = RichText(html: "<div>a <b>b<ul><li>c <a href='mailto:x@y.z'>d</a></ul>&amp; e").html
    #expect(RichText(html: once).html == once)
  }

  @Test func `nesting without end is bounded`() {
    let deep = RichText(html: String(repeating: "<div>", count: 100_000) + "x")
    #expect(deep.text == "x")
    #expect(deep.html.utf8.count < 2000)
  }

  @Test func `plain text with signs of its own is no HTML`() {
    for text in ["Is 3 < 4?", "a <b@example.com> c", "<-- look", "1 & 2"] {
      #expect(!RichText(html: text).hasElements, "\(text)")
    }
  }
}
