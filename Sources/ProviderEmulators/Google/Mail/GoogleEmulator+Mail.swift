import Foundation
import JSONModel

/// Gmail's `users.messages.send`, as JSON or as an upload.
extension GoogleEmulator {
  func largestBody(of operation: String) -> Int {
    // JSON makes the message a third longer.
    operation == GoogleOperation.sendMessage.rawValue ? Self.largestUpload * 4 / 3 + 1024 : 1 << 20
  }

  /// Gmail's discovery document, `mediaUpload.maxSize`.
  private static let largestUpload = 36_700_160

  func sendMessage(_ request: EmulatorRequest, _ account: EmulatorAccount) throws(GoogleError)
    -> EmulatorResponse
  {
    func invalid(_ message: String) -> GoogleError {
      GoogleError(status: 400, reason: "invalidArgument", message: message)
    }
    let octets = try Self.octets(of: request)
    guard octets.count <= Self.largestUpload else {
      throw GoogleError(status: 413, reason: "uploadTooLarge", message: "Request Entity Too Large")
    }
    guard let message = SubmittedMessage(octets) else { throw invalid("Invalid value for ByteString") }
    let recipients = message.recipients
    guard !recipients.isEmpty else { throw invalid("Recipient address required") }
    guard recipients.allSatisfy({ $0.split(separator: "@").count == 2 }) else {
      throw invalid("Invalid To header")
    }
    // Gmail sends as the account's owner, whatever the message's From field.
    let isOwn = message.addresses("from").map { $0.lowercased() } == [account.email.lowercased()]
    mailSink?.deliver(
      from: account.email,
      to: recipients,
      raw: message.delivered(from: isOwn ? nil : (account.email, account.displayName))
    )
    let id = String(identifiers().prefix(16))
    return .json(["id": .string(id), "threadId": .string(id), "labelIds": ["SENT"]])
  }

  private static func octets(of request: EmulatorRequest) throws(GoogleError) -> Data {
    let type = (request.headers["content-type"] ?? "").prefix { $0 != ";" }.lowercased()
    if request.path.first == "upload" {
      guard request.parameter("uploadType") == "media" else { throw .notEmulated("other uploads than media") }
      guard type == "message/rfc822" else {
        throw GoogleError(
          status: 400,
          reason: "badContent",
          message: "Media type '\(type)' is not supported. Valid media types: [message/*]"
        )
      }
      return request.body
    }
    guard type == "application/json", let raw = (try? JSON.parse(request.body))?["raw"]?.string else {
      throw GoogleError(
        status: 400,
        reason: "invalidArgument",
        message: "'raw' RFC822 payload message string or uploading message via /upload/* URL required"
      )
    }
    // Only the URL-safe alphabet is valid for `bytes` in Google's JSON.
    let standard = raw.replacing("-", with: "+").replacing("_", with: "/").replacing("=", with: "")
    guard !raw.contains("+"), !raw.contains("/"),
      let octets = Data(
        base64Encoded: standard + String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
      )
    else {
      throw GoogleError(status: 400, reason: "invalidArgument", message: "Invalid value for ByteString")
    }
    return octets
  }
}
