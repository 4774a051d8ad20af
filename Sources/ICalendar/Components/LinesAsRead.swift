/// The lines of an event as they were read, as far as its properties do not tell.
///
/// Written in place of the plain lines for as long as these are the same.
struct LinesAsRead: Sendable, Hashable {
  /// A line that is written when the properties have their values as they were read.
  private struct Replacement: Sendable, Hashable {
    let plain: ContentLine
    let line: ContentLine
  }

  private var replacements: [Replacement] = []
  /// DTEND and DURATION lines that are no one end after the start, and when the event took place when they were read.
  private var span: [ContentLine] = []
  private var spanTiming: EventTiming?

  /// Lines that may name zones.
  var zonedLines: [ContentLine] { span }

  /// Keeps the lines by which the event ends, unless they are one DTEND that is written again.
  ///
  /// - Parameters:
  ///   - component: The event.
  ///   - onlyEnd: Its DTEND, where there is just one and no DURATION.
  ///   - timing: The event's time as it was read.
  mutating func keepSpan(_ component: Component, onlyEnd: ContentLine?, of timing: EventTiming) {
    if let onlyEnd, timing.hasEnd(onlyEnd) { return }
    span = component.properties.filter { $0.layout.known == .dtend || $0.layout.known == .duration }
    if !span.isEmpty { spanTiming = timing }
  }

  /// Keeps what the lines say beside their values, such as a LANGUAGE, and what could not be read.
  mutating func keep(_ adorned: [ContentLine], unread: [ContentLine], plain: ComponentLines) {
    guard !adorned.isEmpty || !unread.isEmpty else { return }
    let plain = plain.all
    func replace(_ read: ContentLine, _ line: (ContentLine) -> ContentLine) {
      guard let written = plain.first(where: { $0.layout.known == read.layout.known }) else { return }
      let line = line(written)
      if line != written { replacements.append(Replacement(plain: written, line: line)) }
    }
    for read in adorned { replace(read) { read.adorning($0) } }
    for read in unread { replace(read) { _ in read } }
  }

  /// Whether others than the plain lines are written.
  func changesLines(of timing: EventTiming) -> Bool { !replacements.isEmpty || spanTiming == timing }

  /// The lines to write in place of the plain ones.
  func applied(to lines: ComponentLines, of timing: EventTiming) -> ComponentLines {
    guard changesLines(of: timing) else { return lines }
    let keepsSpan = spanTiming == timing
    var written: [ContentLine] = []
    // Each once: further lines of the same name are among the other properties, which come last.
    var (left, spanLeft) = (replacements, keepsSpan ? span : [])
    lines.forEach { line in
      if keepsSpan, line.layout.known == .dtend { return }
      let replacement = left.firstIndex { $0.plain == line }.map { left.remove(at: $0).line }
      written.append(replacement ?? line)
      guard line.layout.known == .dtstart else { return }
      written += spanLeft
      spanLeft = []
    }
    return ComponentLines(written)
  }
}

extension ContentLine {
  /// Whether parameters say more than follows from the value, such as a time's own or a user's name.
  @inline(__always)
  var isAdorned: Bool { (hasParameters || layout.known == .conference) && saysMoreThanValue }

  private var saysMoreThanValue: Bool {
    // One that is written plainly has exactly this.
    if layout.known == .conference { return parameters.filter { !$0.isImplied }.map(\.values) != [["VIDEO"]] }
    var isAdorned = false
    forEachParameter { name, _ in
      isAdorned = !Parameter.isImplied(octets.span, name)
      return !isAdorned
    }
    return isAdorned
  }

  /// A plain line with what this line's parameters say more than it.
  fileprivate func adorning(_ plain: ContentLine) -> ContentLine {
    let own = plain.parameters.filter { layout.known != .conference || $0.isImplied }
    var left = own
    let all = parameters.compactMap { read -> Parameter? in
      if let index = left.firstIndex(where: { $0.name == read.name.uppercased() }) {
        return left.remove(at: index)
      }
      return read.isImplied ? nil : read
    }
    return ContentLine(plain.name, parameters: left + all, value: plain.value)
  }
}

extension ContentLine.Parameter {
  /// Whether a parameter of this name follows from a value.
  fileprivate static func isImplied(_ octets: Span<UInt8>, _ name: Range<Int>) -> Bool {
    octets.isEqual(name, "TZID") || octets.isEqual(name, "CN") || octets.isEqual(name, "VALUE")
      || octets.isEqual(name, "SENT-BY")
  }

  fileprivate var isImplied: Bool {
    let name = Array(name.utf8)
    return Self.isImplied(name.span, 0..<name.count)
  }
}

extension EventTiming {
  /// Whether the line is the end, and is written.
  fileprivate func hasEnd(_ line: ContentLine) -> Bool {
    switch (self, line.timeValue) {
    case (.allDay(let start, let end), .date(let date)): date == end && start < end
    case (.timed(let start, let end), .utc(let local)), (.timed(let start, let end), .local(let local)):
      start.isBefore(end) && (local == end.local || isWrittenInUTC)
    default: false
    }
  }
}
