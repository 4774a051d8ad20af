/// The days of one year that its `YearScope` allows, a word a month, kept until another year is asked for.
struct YearWords {
  private var year = Int.min
  private var words: [UInt64] = []

  mutating func days(ofMonth month: Int, in year: Int, _ scope: YearScope) -> UInt64 {
    if year != self.year { fill(year, scope) }
    return words[month - 1]
  }

  private mutating func fill(_ year: Int, _ scope: YearScope) {
    self.year = year
    let newYear = CalendarDate.dayNumber(year: year, month: 1)
    var dayOfYear = 0
    words.removeAll(keepingCapacity: true)
    for month in 1...12 {
      var bits: UInt64 = 0
      for index in 0..<CalendarDate.days(inMonth: month, of: year) {
        if scope.contains(dayOfYear: dayOfYear, of: year, newYear: newYear) { bits |= 1 << UInt64(index) }
        dayOfYear += 1
      }
      words.append(bits)
    }
  }
}
