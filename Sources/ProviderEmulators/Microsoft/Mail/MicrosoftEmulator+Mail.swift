import Foundation

/// Graph's `sendMail` with a whole message; the JSON form, which cannot carry an invitation, is not emulated.
extension MicrosoftEmulator {
  func largestBody(of operation: String) -> Int {
    operation == MicrosoftOperation.sendMail.rawValue ? Self.largestRequest : 1 << 20
  }

  /// The maximum size of a request in octets.
  private static let largestRequest = 4 << 20

  func sendMail(_ request: EmulatorRequest, _ account: EmulatorAccount) throws(MicrosoftError)
    -> EmulatorResponse
  {
    let type = (request.headers["content-type"] ?? "").prefix { $0 != ";" }.lowercased()
    if type == "application/json" { throw .notEmulated("mail as JSON") }
    guard type == "text/plain" else {
      throw MicrosoftError(
        status: 415,
        code: "RequestBodyRead",
        message: "A supported MIME type could not be found that matches the content type of the message."
      )
    }
    let mime = MicrosoftError(
      status: 400,
      code: "ErrorMimeContentInvalidBase64String",
      message: "Invalid base64 string for MIME content."
    )
    guard let octets = Data(base64Encoded: request.body) else { throw mime }
    guard let message = SubmittedMessage(octets) else {
      throw MicrosoftError(status: 400, code: "ErrorMimeContentInvalid", message: "MIME content is invalid.")
    }
    let recipients = message.recipients
    guard !recipients.isEmpty else {
      throw MicrosoftError(
        status: 400,
        code: "ErrorInvalidRecipients",
        message: "At least one recipient is not valid."
      )
    }
    let from = message.addresses("from").map { $0.lowercased() }
    guard from.isEmpty || from == [account.email.lowercased()] else {
      throw MicrosoftError(
        status: 403,
        code: "ErrorSendAsDenied",
        message:
          "The user account which was used to submit this request does not have the right to send mail "
          + "on behalf of the specified sending account."
      )
    }
    mailSink?.deliver(from: account.email, to: recipients, raw: message.delivered())
    return EmulatorResponse(status: 202)
  }
}
