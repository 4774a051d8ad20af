/// Notes what is wrong with a file while it is read.
struct Inspector: Sendable {
  mutating func fold(after octets: [UInt8], _ start: Int) {}
  mutating func missingLastLineEnd(isEmpty: Bool) {}
  mutating func endPiece(length: Int, carriageReturns: Int, _ isLast: Bool) {}
  mutating func beginLine() {}
  mutating func byteOrderMark() {}
  mutating func blankLine() {}
  mutating func untidyText(_ octets: [UInt8], _ start: Int, _ form: TextForm) {}
  mutating func malformed(_ fault: LineFault) {}
  mutating func property(_ line: ContentLine) {}
  mutating func begin(_ name: String) {}
  mutating func end(_ name: String, isWellPlaced: Bool, open: [String], isInCalendar: Bool) {}
  mutating func end(open: [String], isInCalendar: Bool) {}
}
