/// Reads octets, in pieces of any size, into components (RFC 5545 §3.1, §3.4).
///
/// Unfolding comes before decoding, since others fold inside a character. Reads CRLF, bare LF and bare CR, and drops
/// a byte order mark, NULs, blank lines, blanks before the first BEGIN and a missing last line end. Lines that are none are
/// kept as they are, and components that are not ended end with the one around them.
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
  /// Whether the lines end with a carriage return alone; nil before the first has ended.
  private var endsWithCarriageReturn: Bool?
  /// Whether the chunk before ended in the first carriage return.
  private var awaitsLineFeed = false
  private var isInCalendar = false
  /// Whether there was a BEGIN; blanks before the first fold nothing.
  private var hasBegun = false
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
    try withContiguous(bytes) { chunk throws(ICalendarError) in
      if endsWithCarriageReturn == nil { lookForLineEnd(in: chunk) }
      guard endsWithCarriageReturn == true else { return try read(chunk, into: &sink) }
      // Rare enough to be copied.
      let converted = chunk.map { $0 == 0x0D ? 0x0A : $0 }
      try converted.withUnsafeBufferPointer { chunk throws(ICalendarError) in try read(chunk, into: &sink) }
    }
  }

  /// Finds out how lines end: a carriage return alone was the end of a line for the Macintosh before 2001.
  private mutating func lookForLineEnd(in chunk: UnsafeBufferPointer<UInt8>) {
    guard !chunk.isEmpty else { return }
    var next = awaitsLineFeed ? 0 : chunk.count
    if !awaitsLineFeed, let end = chunk.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
      guard chunk[end] == 0x0D else {
        endsWithCarriageReturn = false
        return
      }
      awaitsLineFeed = true
      next = end + 1
    }
    guard awaitsLineFeed, next < chunk.count else { return }
    endsWithCarriageReturn = chunk[next] != 0x0A && chunk[next] != 0x0D
    guard endsWithCarriageReturn == true else { return }
    inspector?.bareCarriageReturns()
    // It may have come with the chunk before.
    guard next == 0 else { return }
    endPiece()
    isAfterLineEnd = true
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
        if hasBegun, chunk[position] == 0x20 || chunk[position] == 0x09 {
          inspector?.fold(after: octets, lineStart)
          position += 1
          continue
        }
        try endLine(into: &sink)
      }
      let rest = UnsafeBufferPointer(rebasing: chunk[position...])
      let length = rest.firstIndexOfLineFeed ?? rest.count
      guard length <= limits.lineBytes + 1 - (octets.count - lineStart) else { throw .exceeds(.lineBytes) }
      position += length
      guard length < rest.count else {
        octets.append(contentsOf: rest)
        break
      }
      position += 1
      endPiece(with: UnsafeBufferPointer(rebasing: rest[..<length]))
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

  /// Takes a physical line's last octets.
  private mutating func endPiece(with last: UnsafeBufferPointer<UInt8>) {
    var length = last.count
    while length > 0, last[length - 1] == 0x0D { length -= 1 }
    // Mostly nothing has to be dropped from what is there already, and no one counts the carriage returns.
    guard length > 0, inspector == nil else {
      octets.append(contentsOf: last)
      return endPiece()
    }
    octets.append(contentsOf: UnsafeBufferPointer(rebasing: last[..<length]))
    pieceStart = octets.count
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
    if !hasBegun, octets.count > lineStart, octets[lineStart] == 0x20 || octets[lineStart] == 0x09 {
      let blanks = octets[lineStart...].prefix { $0 == 0x20 || $0 == 0x09 }
      octets.removeSubrange(blanks.startIndex..<blanks.endIndex)
      inspector?.leadingBlanks()
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
    let read = try layout(form)
    guard let layout = read ?? verbatimLayout() else {
      octets.removeLast(octets.count - lineStart)
      return
    }
    if layout.known == .begin || layout.known == .end {
      let name = octets.span.componentName(layout)
      octets.removeLast(octets.count - lineStart)
      if layout.known == .begin { try begin(name, into: &sink) } else { end(name, into: &sink) }
      return
    }
    if inspector != nil, read != nil {
      // Of its own octets: as long as others hold on to ours, each line that is added would copy all before it.
      inspector?.property(ContentLine(octets: Array(octets[lineStart...]), layout: layout.moved(to: 0)))
    }
    if builder.isOpen {
      builder.append(layout)
      guard octets.count <= limits.componentBytes else { throw .exceeds(.componentBytes) }
    } else if isInCalendar {
      sink.property(ContentLine(octets: octets, layout: layout))
      // What is kept elsewhere is left alone.
      octets.removeAll(keepingCapacity: octets.capacity < 256)
    } else {
      octets.removeAll(keepingCapacity: true)
    }
  }

  /// The line's parts; brings the line into its one form first, when it is in another.
  private mutating func layout(_ form: TextForm) throws(ICalendarError) -> LineLayout? {
    if form == .clean {
      switch octets.span.readLine(lineStart..<octets.count, limits: limits) {
      case .canonical(let layout): return layout
      case .malformed(.tooManyParameters): throw .exceeds(.parameters)
      case .malformed(.noName):
        inspector?.malformed(.noName)
        return nil
      case .malformed, .other: break
      }
    }
    var reader = UntidyLineReader(Array(octets[lineStart...]), limits: limits)
    guard let line = try reader.read() else {
      inspector?.malformed(reader.fault)
      return nil
    }
    if reader.isRepaired { inspector?.unquotedParameters() }
    octets.removeLast(octets.count - lineStart)
    octets += line.octets
    return line.layout.moved(to: lineStart)
  }

  /// The layout of what is no property, which is kept as it is within a component: its name is the whole line.
  private func verbatimLayout() -> LineLayout? {
    let length = octets.count - lineStart
    // Without its control characters it could be another line.
    guard hasBegun, length > 0, length <= Int(UInt16.max), octets[lineStart] > 0x20,
      octets.span.textForm(lineStart..<octets.count) == .clean
    else { return nil }
    return LineLayout(known: nil, nameLength: length, valueOffset: length, start: lineStart, length: length)
  }

  private mutating func begin(_ name: String, into sink: inout some ComponentSink) throws(ICalendarError) {
    guard builder.depth + (isInCalendar ? 1 : 0) < limits.depth else { throw .exceeds(.depth) }
    inspector?.begin(name)
    hasBegun = true
    if name == "VCALENDAR", !builder.isOpen, !isInCalendar {
      isInCalendar = true
      sink.beginCalendar()
    } else {
      // As much as most components take.
      if !builder.isOpen { octets.reserveCapacity(1024) }
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
