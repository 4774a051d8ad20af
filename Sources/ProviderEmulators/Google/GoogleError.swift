import JSONModel

/// An error as the Calendar API returns it; clients decide by `reason`.
struct GoogleError: Error {
  var status: Int
  var reason: String
  var message: String
  var domain = "global"

  static func invalid(_ message: String) -> GoogleError {
    GoogleError(status: 400, reason: "invalid", message: message)
  }

  static func required(_ message: String) -> GoogleError {
    GoogleError(status: 400, reason: "required", message: message)
  }

  /// The error for a feature of the real API that is not emulated: a refusal is better than a wrong answer.
  static func notEmulated(_ what: String) -> GoogleError {
    GoogleError(status: 501, reason: "notImplemented", message: "The emulator does not do this: \(what)")
  }

  static let notFound = GoogleError(status: 404, reason: "notFound", message: "Not Found")
  static let parseError = GoogleError(status: 400, reason: "parseError", message: "Parse Error")
  static let deleted = GoogleError(status: 410, reason: "deleted", message: "Resource has been deleted")
  static let stale = GoogleError(status: 412, reason: "conditionNotMet", message: "Precondition Failed")
  static let duplicate = GoogleError(
    status: 409,
    reason: "duplicate",
    message: "The requested identifier already exists."
  )
  static let forbiddenForNonOrganizer = GoogleError(
    status: 403,
    reason: "forbiddenForNonOrganizer",
    message: "Shared properties can only be changed by the organizer of the event.",
    domain: "calendar"
  )
  static let lowSequence = invalid(
    "Invalid sequence value. The specified sequence number is below the current sequence number of the resource."
  )
  static let fullSyncRequired = GoogleError(
    status: 410,
    reason: "fullSyncRequired",
    message: "Sync token is no longer valid, a full sync is required.",
    domain: "calendar"
  )
  static let badCredentials = GoogleError(status: 401, reason: "authError", message: "Invalid Credentials")
  static let missingCredentials = GoogleError(status: 401, reason: "required", message: "Login Required.")
  static let insufficientPermissions = GoogleError(
    status: 403,
    reason: "insufficientPermissions",
    message: "Request had insufficient authentication scopes."
  )

  var response: EmulatorResponse {
    var headers: [String: String] = [:]
    if status == 401 {
      headers["WWW-Authenticate"] = "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\""
    }
    let detail: JSON = ["domain": .string(domain), "reason": .string(reason), "message": .string(message)]
    let error: JSON = ["code": .integer(status), "message": .string(message), "errors": [detail]]
    return .json(["error": error], status: status, headers: headers)
  }
}
