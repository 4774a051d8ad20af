import Foundation
import JSONModel

/// A response as an emulator's rules produce it.
struct EmulatorResponse: Sendable {
  var status: Int
  var headers: [String: String] = [:]
  var body = Data()

  static func json(_ value: JSON, status: Int = 200, headers: [String: String] = [:]) -> EmulatorResponse {
    var all = headers
    all["Content-Type"] = "application/json; charset=UTF-8"
    return EmulatorResponse(status: status, headers: all, body: value.encoded())
  }

  static func html(_ text: String, status: Int = 200) -> EmulatorResponse {
    let headers = [
      "Content-Type": "text/html; charset=UTF-8",
      // The page contains parts of the query, escaped; nothing in it may run or be framed.
      "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    ]
    return EmulatorResponse(status: status, headers: headers, body: Data(text.utf8))
  }

  static func redirect(to location: String) -> EmulatorResponse {
    EmulatorResponse(status: 302, headers: ["Location": location])
  }
}
