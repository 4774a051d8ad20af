import JSONModel

/// An error as Zoom returns it; clients decide by `code`.
struct ZoomRefusal: Error {
  var status: Int
  var code: Int
  var message: String
  var headers: [String: String] = [:]
  var field: String?

  static let badToken = ZoomRefusal(status: 401, code: 124, message: "Invalid access token.")
  static let tooManyToday =
    "You have exceeded the daily rate limit (100) of Meeting Create/Update API requests."

  static func missing(_ id: String) -> ZoomRefusal {
    ZoomRefusal(status: 404, code: 3001, message: "Meeting does not exist: \(id).")
  }

  static func missingScope(_ scope: String) -> ZoomRefusal {
    ZoomRefusal(status: 400, code: 4711, message: "Invalid access token, does not contain scopes:[\(scope)].")
  }

  static func invalid(_ field: String, _ message: String) -> ZoomRefusal {
    ZoomRefusal(status: 400, code: 300, message: "Validation Failed.", field: "\(field): \(message)")
  }

  var response: EmulatorResponse {
    var json: JSON = ["code": .integer(code), "message": .string(message)]
    if let field {
      let parts = field.split(separator: ":", maxSplits: 1).map { String($0) }
      json["errors"] = [
        ["field": .string(parts[0]), "message": .string(parts.count > 1 ? String(parts[1].dropFirst()) : "")]
      ]
    }
    return .json(json, status: status, headers: headers)
  }
}
