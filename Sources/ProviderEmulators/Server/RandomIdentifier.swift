/// 32 hexadecimal digits from the system's generator.
package enum RandomIdentifier {
  package static let make: @Sendable () -> String = {
    var generator = SystemRandomNumberGenerator()
    return (0..<32).map { _ in String(Int.random(in: 0..<16, using: &generator), radix: 16) }.joined()
  }
}
