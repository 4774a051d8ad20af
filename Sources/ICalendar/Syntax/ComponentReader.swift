/// Reads octets, in pieces of any size, into components (RFC 5545 §3.1, §3.4).
///
/// Unfolding comes before decoding, since others fold inside a character. Reads CRLF and bare LF, and drops
/// a byte order mark, NULs, blank lines and a missing last line end. Lines that are none are dropped, and components
/// that are not ended end with the one around them.
struct ComponentReader: Sendable {
  private let limits: ReadingLimits
  private var size = 0
  private var lineCount = 0
  /// The lines of the component that is being read, and behind them the one that is.
  private var octets: [UInt8] = []
  private var lineStart = 0
  /// Where the physical line begins, of which carriage returns at the end are dropped.
  private var pieceStart = 0
  private var isAfterLineEnd = false
  private var isFirstLine = true
  private var isInCalendar = false
  private var builder = ComponentBuilder()
  /// Where strict reading notes what is wrong.
  var inspector: Inspector?

  init(limits: ReadingLimits, inspector: Inspector? = nil) {
    self.limits = limits.held
    self.inspector = inspector
  }

  mutating func read(_ bytes: some Sequence<UInt8>, into sink: inout some ComponentSink)
    throws(ICalendarError)
  {
    try withContiguous(bytes) { chunk throws(ICalendarError) in try read(chunk, into: &sink) }
  }

  private mutating func read(
    _ chunk: UnsafeBufferPointer<UInt8>,
    into sink: inout some ComponentSink
  ) throws(ICalendarError) {
    guard chunk.count <= limits.bytes - size else { throw .exceeds(.bytes) }
    size += chunk.count
    var position = 0
    while position < chunk.count {
      if isAfterLineEnd {
        isAfterLineEnd = false
        if chunk[position] == 0x20 || chunk[position] == 0x09 {
          inspector?.fold(after: octets, lineStart)
          position += 1
          continue
        }
        try endLine(into: &sink)
      }
      let rest = UnsafeBufferPointer(rebasing: chunk[position...])
      let length = rest.firstIndexOfLineFeed ?? rest.count
      guard length <= limits.lineBytes + 1 - (octets.count - lineStart) else { throw .exceeds(.lineBytes) }
      octets.append(contentsOf: UnsafeBufferPointer(rebasing: rest[..<length]))
      position += length
      guard length < rest.count else { break }
      position += 1
      endPiece()
      guard octets.count - lineStart <= limits.lineBytes else { throw .exceeds(.lineBytes) }
      isAfterLineEnd = true
    }
  }

  mutating func finish(into sink: inout some ComponentSink) throws(ICalendarError) {
    if !isAfterLineEnd {
      inspector?.missingLastLineEnd(isEmpty: size == 0)
      endPiece(isLast: true)
      guard octets.count - lineStart <= limits.lineBytes else { throw .exceeds(.lineBytes) }
    }
    isAfterLineEnd = false
    if octets.count > lineStart { try endLine(into: &sink) }
    inspector?.end(open: builder.openNames, isInCalendar: isInCalendar)
    builder.closeAll()
    emitIfComplete(into: &sink)
    if isInCalendar { endCalendar(into: &sink) }
  }

  private mutating func endPiece(isLast: Bool = false) {
    let length = octets.count
    while octets.count > pieceStart, octets[octets.count - 1] == 0x0D { octets.removeLast() }
    inspector?.endPiece(length: octets.count - pieceStart, carriageReturns: length - octets.count, isLast)
    pieceStart = octets.count
  }

  /// Reads the unfolded line at the end of `octets`.
  private mutating func endLine(into sink: inout some ComponentSink) throws(ICalendarError) {
    defer {
      pieceStart = octets.count
      lineStart = octets.count
      inspector?.beginLine()
    }
    if isFirstLine {
      isFirstLine = false
      if octets.starts(with: [0xEF, 0xBB, 0xBF]) {
        octets.removeFirst(3)
        inspector?.byteOrderMark()
      }
    }
    guard octets.count > lineStart else {
      inspector?.blankLine()
      return
    }
    let form = octets.span.textForm(lineStart..<octets.count)
    if form != .clean {
      inspector?.untidyText(octets, lineStart, form)
      // Nothing but NULs is as good as nothing.
      if octets[lineStart...].allSatisfy({ $0 == 0 }) {
        octets.removeLast(octets.count - lineStart)
        return
      }
    }
    lineCount += 1
    guard lineCount <= limits.lines else { throw .exceeds(.lines) }
    guard let shape = try shape(form) else {
      octets.removeLast(octets.count - lineStart)
      return
    }
    if shape.known == .begin || shape.known == .end {
      let name = octets.span.componentName(shape)
      octets.removeLast(octets.count - lineStart)
      if shape.known == .begin { try begin(name, into: &sink) } else { end(name, into: &sink) }
      return
    }
    if inspector != nil {
      // Of its own octets: as long as others hold on to ours, each line that is added would copy all before it.
      inspector?.property(ContentLine(octets: Array(octets[lineStart...]), shape: shape.moved(to: 0)))
    }
    if builder.isOpen {
      builder.append(shape)
      guard octets.count <= limits.componentBytes else { throw .exceeds(.componentBytes) }
    } else if isInCalendar {
      sink.property(ContentLine(octets: octets, shape: shape))
      octets = []
    } else {
      octets.removeAll(keepingCapacity: true)
    }
  }

  /// The line's parts; brings the line into its one form first, when it is in another.
  private mutating func shape(_ form: TextForm) throws(ICalendarError) -> LineShape? {
    if form == .clean {
      switch octets.span.readLine(lineStart..<octets.count, limits: limits) {
      case .canonical(let shape): return shape
      case .malformed(.tooManyParameters): throw .exceeds(.parameters)
      case .malformed(let fault):
        inspector?.malformed(fault)
        return nil
      case .other: break
      }
    }
    guard let line = try ContentLine.readUntidy(Array(octets[lineStart...]), limits: limits) else {
      inspector?.malformed(.noColon)
      return nil
    }
    octets.removeLast(octets.count - lineStart)
    octets += line.octets
    return line.shape.moved(to: lineStart)
  }

  private mutating func begin(_ name: String, into sink: inout some ComponentSink) throws(ICalendarError) {
    guard builder.depth + (isInCalendar ? 1 : 0) < limits.depth else { throw .exceeds(.depth) }
    inspector?.begin(name)
    if name == "VCALENDAR", !builder.isOpen, !isInCalendar {
      isInCalendar = true
      sink.beginCalendar()
    } else {
      builder.begin(name)
    }
  }

  private mutating func end(_ name: String, into sink: inout some ComponentSink) {
    let isWellPlaced = builder.openNames.last.map { $0 == name } ?? (isInCalendar && name == "VCALENDAR")
    inspector?.end(name, isWellPlaced: isWellPlaced, open: builder.openNames, isInCalendar: isInCalendar)
    if builder.close(name) {
      emitIfComplete(into: &sink)
    } else if isInCalendar, name == "VCALENDAR" {
      builder.closeAll()
      emitIfComplete(into: &sink)
      endCalendar(into: &sink)
    }
  }

  private mutating func endCalendar(into sink: inout some ComponentSink) {
    isInCalendar = false
    sink.endCalendar()
  }

  private mutating func emitIfComplete(into sink: inout some ComponentSink) {
    guard let component = builder.take(octets) else { return }
    sink.component(component)
    octets.removeAll(keepingCapacity: octets.capacity < 1 << 20)
  }
}
