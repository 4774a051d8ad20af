import Foundation

/// Makes the lines of a component in octets that they share, without a value of its own for each.
struct LineAssembler {
  private var octets: [UInt8] = []
  private var layouts: [LineLayout] = []
  private var known: PropertyName?
  private var start = 0
  private var nameLength = 0

  var lines: ComponentLines { ComponentLines(octets: octets, layouts: layouts) }

  init(capacity: Int) {
    octets.reserveCapacity(capacity)
    layouts.reserveCapacity(24)
  }

  mutating func begin(_ name: PropertyName) {
    known = name
    start = octets.count
    octets.append(contentsOf: name.rawValue.utf8)
    nameLength = octets.count - start
  }

  mutating func parameter(_ name: StaticString, _ value: String) {
    octets.append(UInt8(ascii: ";"))
    octets.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    octets.append(UInt8(ascii: "="))
    octets.appendEscapedParameter(value)
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
    octets.appendWithoutControls(user.uri)
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

  mutating func append(_ line: ContentLine) {
    start = octets.count
    line.octets.withUnsafeBufferPointer {
      octets.append(contentsOf: UnsafeBufferPointer(rebasing: $0[line.range]))
    }
    layouts.append(line.layout.moved(to: start))
  }

  private mutating func beginValue() -> Int {
    octets.append(UInt8(ascii: ":"))
    return octets.count - start
  }

  private mutating func finish(_ valueOffset: Int) {
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
