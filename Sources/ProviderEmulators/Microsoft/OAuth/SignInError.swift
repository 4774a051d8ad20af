import Foundation
import JSONModel

/// An error of the sign-in: OAuth's code, and a description that begins with Microsoft's number.
struct SignInError: Error {
  var code: String
  var description: String
  var status = 400

  init(_ code: String, _ description: String, status: Int = 400) {
    self.code = code
    self.description = description
    self.status = status
  }

  /// The answer of the token endpoint.
  func response(status: Int? = nil, at now: Date, traceID: String) -> EmulatorResponse {
    let number = description.prefix { $0 != ":" }.filter(\.isNumber)
    let time = Timestamp.text(now, in: .gmt).replacing("T", with: " ")
    return .json(
      [
        "error": .string(code),
        "error_description": .string("\(description) Trace ID: \(traceID) Timestamp: \(time)"),
        "error_codes": .array(Int(number).map { [.integer($0)] } ?? []),
        "timestamp": .string(time), "trace_id": .string(traceID), "correlation_id": .string(traceID),
      ],
      status: status ?? self.status,
      headers: ["Cache-Control": "no-store"]
    )
  }
}
