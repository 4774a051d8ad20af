/// The types of value that a property can have (RFC 5545 §3.3); the raw value is the VALUE parameter's.
public enum ValueType: String, Sendable, Hashable, CaseIterable {
  case binary = "BINARY"
  case boolean = "BOOLEAN"
  case calAddress = "CAL-ADDRESS"
  case date = "DATE"
  case dateTime = "DATE-TIME"
  case duration = "DURATION"
  case float = "FLOAT"
  case integer = "INTEGER"
  case period = "PERIOD"
  case recur = "RECUR"
  case text = "TEXT"
  case time = "TIME"
  case uri = "URI"
  case utcOffset = "UTC-OFFSET"
  /// An XML reference (RFC 9253 §5.3).
  case xmlReference = "XML-REFERENCE"
  /// A UID of another component (RFC 9253 §5.2).
  case uid = "UID"
  /// Two numbers (RFC 5545 §3.8.1.6); no VALUE names it.
  case geo = "X-GEO"
  /// A code and texts (RFC 5545 §3.8.8.3); no VALUE names it.
  case requestStatus = "X-REQUEST-STATUS"
}
