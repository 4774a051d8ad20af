import Foundation
import JSONModel

/// An error as Microsoft Graph returns it; clients decide by `code`.
struct MicrosoftError: Error {
  var status: Int
  var code: String
  var message: String

  /// The service's error for an invalid value, which it does not name.
  static let validation = MicrosoftError(
    status: 400,
    code: "ErrorPropertyValidationFailure",
    message: "At least one property failed validation."
  )

  static func invalidRequest(_ message: String) -> MicrosoftError {
    MicrosoftError(status: 400, code: "ErrorInvalidRequest", message: message)
  }

  static func invalidParameter(_ message: String) -> MicrosoftError {
    MicrosoftError(status: 400, code: "ErrorInvalidParameter", message: message)
  }

  static func badRequest(_ message: String) -> MicrosoftError {
    MicrosoftError(status: 400, code: "BadRequest", message: message)
  }

  /// The error for a body that does not match the type of an event.
  static func unreadable(_ message: String) -> MicrosoftError {
    MicrosoftError(status: 400, code: "RequestBodyRead", message: message)
  }

  static func unsupportedZone(_ name: String) -> MicrosoftError {
    MicrosoftError(
      status: 400,
      code: "TimeZoneNotSupportedException",
      message:
        "A valid TimeZone value must be specified. The following TimeZone value is not supported: '\(name)'."
    )
  }

  static func badToken(_ message: String) -> MicrosoftError {
    MicrosoftError(status: 401, code: "InvalidAuthenticationToken", message: message)
  }

  /// The error for a feature of the real service that is not emulated: a refusal is better than a wrong answer.
  static func notEmulated(_ what: String) -> MicrosoftError {
    MicrosoftError(status: 501, code: "NotImplemented", message: "The emulator does not do this: \(what)")
  }

  static let notFound = MicrosoftError(
    status: 404,
    code: "ErrorItemNotFound",
    message: "The specified object was not found in the store."
  )
  static let malformedID = MicrosoftError(
    status: 400,
    code: "ErrorInvalidIdMalformed",
    message: "Id is malformed."
  )
  static let accessDenied = MicrosoftError(
    status: 403,
    code: "ErrorAccessDenied",
    message: "Access is denied. Check credentials and try again."
  )
  static let stale = MicrosoftError(
    status: 412,
    code: "ErrorIrresolvableConflict",
    message: """
      The send or update operation could not be performed because the change key passed in the request does \
      not match the current change key for the item.
      """
  )
  static let crossesNeighbour = MicrosoftError(
    status: 400,
    code: "ErrorOccurrenceCrossingBoundary",
    message: "Modified occurrence is crossing or overlapping adjacent occurrence."
  )
  static let longerThanPattern = MicrosoftError(
    status: 400,
    code: "ErrorOccurrenceTimeSpanTooBig",
    message: "The duration of the recurring event must be shorter than how frequently it occurs."
  )
  static let lostSyncState = MicrosoftError(
    status: 410,
    code: "SyncStateNotFound",
    message: "The sync state generation is not found; the synchronization must be started again."
  )
  static let tooManyAtOnce = MicrosoftError(
    status: 429,
    code: "ApplicationThrottled",
    message: "Application is over its MailboxConcurrency limit."
  )

  /// The error response, with the ids by which the service's support finds a request.
  func response(at now: Date, requestID: String, clientRequestID: String?) -> EmulatorResponse {
    let inner: JSON = [
      "date": .string(String(Timestamp.text(now, in: .gmt).dropLast())),
      "request-id": .string(requestID),
      "client-request-id": .string(clientRequestID ?? requestID),
    ]
    var headers = ["request-id": requestID, "client-request-id": clientRequestID ?? requestID]
    if status == 401 {
      headers["WWW-Authenticate"] = """
        Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", \
        client_id="00000003-0000-0000-c000-000000000000"
        """
    }
    let error: JSON = ["code": .string(code), "message": .string(message), "innerError": inner]
    return .json(["error": error], status: status, headers: headers)
  }
}
