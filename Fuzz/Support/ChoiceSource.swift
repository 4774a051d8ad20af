/// Choices that an input's octets make one after another, so that what the fuzzer changes in the octets is a change of
/// the structure that is built of them; behind the end every choice is the first.
public struct ChoiceSource {
  private var octets: ArraySlice<UInt8>

  /// Whether any octets are left.
  public var isAtEnd: Bool { octets.isEmpty }

  /// Makes a source of the octets.
  public init(_ octets: [UInt8]) {
    self.octets = octets[...]
  }

  /// A number from 0 up to, but not including, `count`.
  public mutating func number(below count: Int) -> Int {
    var number = Int(octets.popFirst() ?? 0)
    if count > 256 { number = number << 8 | Int(octets.popFirst() ?? 0) }
    return number % count
  }

  /// One of the values.
  public mutating func one<Value>(of values: [Value]) -> Value {
    values[number(below: values.count)]
  }

  /// Whether one of so many choices was made.
  public mutating func rarely(in count: Int) -> Bool {
    number(below: count) == count - 1
  }
}
