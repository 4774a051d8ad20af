/// One period's whole set, of which BYSETPOS takes some (RFC 5545 §3.3.10).
///
/// The set is not written out: the n-th of it is found by counting bits.
struct PickedPeriod {
  private var bases: [Int] = []
  private var words: [UInt64] = []
  private var dayCount = 0
  private var hours: UInt64 = 0
  private var minutes: UInt64 = 0
  private var seconds: UInt64 = 0
  /// The place in the set that was given last.
  private var given = -1
  private var first = Int.min

  mutating func begin(hours: UInt64, minutes: UInt64, seconds: UInt64) {
    bases.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
    self.hours = hours
    self.minutes = minutes
    self.seconds = seconds
    dayCount = 0
    given = -1
  }

  mutating func add(base: Int, bits: UInt64) {
    guard bits != 0 else { return }
    bases.append(base)
    words.append(bits)
    dayCount += bits.nonzeroBitCount
  }

  /// Keeps what is before the wall clock from being given; the places are still counted from the period's start.
  mutating func drop(before first: Int) {
    self.first = first
  }

  mutating func next(_ rule: CompiledRule) -> Int? {
    let times = hours.nonzeroBitCount * minutes.nonzeroBitCount * seconds.nonzeroBitCount
    let count = dayCount * times
    while true {
      var place = Int.max
      for position in rule.positions {
        let index = position > 0 ? position - 1 : count + position
        if index > given, index < place { place = index }
      }
      guard place < count else { return nil }
      given = place
      let wall = wall(at: place, times: times)
      if wall >= first { return wall }
    }
  }

  private func wall(at place: Int, times: Int) -> Int {
    var day = place / times
    var time = place % times
    var word = 0
    while day >= words[word].nonzeroBitCount {
      day -= words[word].nonzeroBitCount
      word += 1
    }
    let perHour = minutes.nonzeroBitCount * seconds.nonzeroBitCount
    let hour = hours.bit(time / perHour)
    time %= perHour
    let minute = minutes.bit(time / seconds.nonzeroBitCount)
    let second = seconds.bit(time % seconds.nonzeroBitCount)
    return (bases[word] + words[word].bit(day)) * 86_400 + hour * 3600 + minute * 60 + second
  }
}

extension UInt64 {
  /// The place of the n-th bit that is set, counted from 0.
  fileprivate func bit(_ number: Int) -> Int {
    var rest = self
    for _ in 0..<number { rest &= rest - 1 }
    return rest.trailingZeroBitCount
  }
}
