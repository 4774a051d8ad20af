/// Why a text is not the JSON it should be.
///
/// It never quotes the text.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The problem.
  public enum Reason: String, Sendable {
    /// The text ends within a value.
    case unexpectedEnd = "unexpected end"
    /// A byte that the grammar does not allow there.
    case unexpectedByte = "unexpected character"
    /// A string with a raw control character, a bad escape or bad UTF-8.
    case badString = "malformed string"
    /// A number that RFC 8259 §6 does not allow or that no double can hold.
    case badNumber = "malformed number"
    /// Lists and objects nested deeper than the limit.
    case tooDeep = "nested too deeply"
  }

  /// The problem.
  public let reason: Reason
  /// Where, in bytes from the beginning.
  public let offset: Int

  /// A sentence without any of the text.
  public var description: String { "Invalid JSON: \(reason.rawValue) at byte \(offset)." }
}
