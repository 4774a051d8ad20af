import Foundation

/// Makes the lines of a component in octets that they share, without a value of its own for each.
struct LineAssembler {
  private(set) var octets: [UInt8] = []
  private var layouts: [LineLayout] = []
  private var known: PropertyName?
  private var start = 0
  private var nameLength = 0
  /// Whether lines are folded and ended as they are written, instead of noted.
  private let isWriting: Bool

  /// Makes what a `ContentLineWriter` writes.
  static let writing = LineAssembler()

  var lines: ComponentLines { ComponentLines(octets: octets, layouts: layouts) }

  private init() { isWriting = true }

  init(capacity: Int) {
    isWriting = false
    octets.reserveCapacity(capacity)
    layouts.reserveCapacity(24)
  }

  mutating func reserve(_ size: Int) { octets.reserveCapacity(size) }

  mutating func begin(_ name: PropertyName) {
    known = name
    start = octets.count
    octets.append(contentsOf: name.rawValue.utf8)
    nameLength = octets.count - start
  }

  mutating func parameter(_ name: StaticString, _ value: String) {
    beginParameter(name)
    octets.appendEscapedParameter(value)
  }

  /// Appends a parameter whose value is a word, in which nothing is escaped.
  mutating func parameter(_ name: StaticString, word: String) {
    beginParameter(name)
    octets.append(contentsOf: word.utf8)
  }

  private mutating func beginParameter(_ name: StaticString) {
    octets.append(UInt8(ascii: ";"))
    octets.append(name)
    octets.append(UInt8(ascii: "="))
  }

  mutating func parameter(_ parameter: ContentLine.Parameter) {
    octets.append(parameter)
  }

  mutating func end(value: String) {
    let valueOffset = beginValue()
    octets.appendWithoutControls(value)
    finish(valueOffset)
  }

  mutating func end(text: String) {
    let valueOffset = beginValue()
    octets.appendEscapedText(text)
    finish(valueOffset)
  }

  mutating func end(user: CalendarUser) {
    let valueOffset = beginValue()
    user.appendURI(to: &octets)
    finish(valueOffset)
  }

  mutating func end(_ local: LocalDateTime, isUTC: Bool) {
    let valueOffset = beginValue()
    octets.append(local.date)
    octets.append(timeOf: local)
    if isUTC { octets.append(UInt8(ascii: "Z")) }
    finish(valueOffset)
  }

  mutating func end(_ date: CalendarDate) {
    let valueOffset = beginValue()
    octets.append(date)
    finish(valueOffset)
  }

  mutating func append(_ name: PropertyName, text: String) {
    begin(name)
    end(text: text)
  }

  mutating func append(_ name: PropertyName, text: DeferredText) {
    begin(name)
    let valueOffset = beginValue()
    let isWritten = text.withValue { value in
      guard value.isEscapedAsWritten else { return false }
      octets.append(contentsOf: value)
      return true
    }
    if isWritten != true { octets.appendEscapedText(text.text) }
    finish(valueOffset)
  }

  mutating func append(_ name: PropertyName, value: String) {
    begin(name)
    end(value: value)
  }

  /// A time in UTC (RFC 5545 §3.3.5 form 2).
  mutating func append(_ name: PropertyName, instant: Date) {
    begin(name)
    end(LocalDateTime(nominalSeconds: instant.wholeSeconds), isUTC: true)
  }

  /// A wall-clock time with its zone (form 3), in UTC when that is the zone, or floating (form 1).
  mutating func append(_ name: PropertyName, time: ZonedDateTime) {
    begin(name)
    if !time.zone.isUTC, !time.zone.isFloating { parameter("TZID", time.zone.identifier) }
    end(time.local, isUTC: time.zone.isUTC)
  }

  /// Writes the line before or after those of a component.
  mutating func write(_ word: StaticString, _ name: String) {
    let start = octets.count
    octets.append(word)
    octets.append(contentsOf: name.utf8)
    octets.endLine(from: start)
  }

  mutating func append(_ line: ContentLine) {
    line.octets.withUnsafeBufferPointer {
      let whole = UnsafeBufferPointer(rebasing: $0[line.range])
      guard !isWriting else { return octets.appendFolded(whole) }
      layouts.append(line.layout.moved(to: octets.count))
      octets.append(contentsOf: whole)
    }
  }

  private mutating func beginValue() -> Int {
    octets.append(UInt8(ascii: ":"))
    return octets.count - start
  }

  private mutating func finish(_ valueOffset: Int) {
    guard !isWriting else { return octets.endLine(from: start) }
    layouts.append(
      LineLayout(
        known: known,
        nameLength: nameLength,
        valueOffset: valueOffset,
        start: start,
        length: octets.count - start
      )
    )
  }
}

extension [UInt8] {
  fileprivate mutating func append(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Ends the line that begins there with CRLF, folded at 75 octets.
  fileprivate mutating func endLine(from start: Int) {
    if count - start > 75 {
      let line = Array(self[start...])
      removeLast(line.count)
      line.withUnsafeBufferPointer { appendFolded($0) }
    } else {
      append(0x0D)
      append(0x0A)
    }
  }

  fileprivate mutating func appendFolded(_ line: UnsafeBufferPointer<UInt8>) {
    var start = 0
    var room = 75
    while line.count - start > room {
      var end = start + room
      // Never between the octets of one character.
      while end > start + 1, line[end] & 0b1100_0000 == 0b1000_0000 { end -= 1 }
      append(contentsOf: UnsafeBufferPointer(rebasing: line[start..<end]))
      append(0x0D)
      append(0x0A)
      append(0x20)
      start = end
      room = 74  // the space of the fold takes one
    }
    append(contentsOf: UnsafeBufferPointer(rebasing: line[start...]))
    append(0x0D)
    append(0x0A)
  }
}
