import CalendarCore
import Foundation
import HTTPTypes
import ProviderKit

/// Mail through Gmail's API (developers.google.com/workspace/gmail/api/guides/sending).
struct GmailTransport: MailTransport {
  /// The API takes 35 MB (discovery document, `mediaUpload.maxSize`); Gmail delivers 25.
  let largestMessage = 25 << 20
  private let apiURL: String
  private let http: AuthorizedHTTP
  private let clock: WallClock
  /// Larger messages are uploaded as they are instead of within JSON.
  private static let largestRaw = 4 << 20

  init(apiURL: String, http: AuthorizedHTTP, clock: WallClock) {
    self.apiURL = apiURL
    self.http = http
    self.clock = clock
  }

  func handles(_ account: ConnectedAccount) -> Bool { account.provider == .google }

  func unavailableReason(for account: ConnectedAccount) -> String? {
    account.grantedScopes.contains(GoogleScope.send)
      ? nil
      : Messages.mailPermissionMissing
  }

  func send(_ message: OutgoingMail, session: AccountSession) async throws(ProviderError) {
    // Gmail finds the recipients in the message, and takes Bcc off.
    let octets = message.hiddenRecipientsField + message.octets
    let path = "gmail/v1/users/me/messages/send"
    let request =
      octets.count <= Self.largestRaw
      ? ProviderRequest(
        "POST",
        "\(apiURL)/\(path)",
        headers: [.contentType: "application/json", .accept: "application/json"],
        body: Array(#"{"raw":""#.utf8) + Self.base64URL(octets) + Array(#""}"#.utf8)
      )
      : ProviderRequest(
        "POST",
        "\(apiURL)/upload/\(path)?uploadType=media",
        headers: [.contentType: "message/rfc822", .accept: "application/json"],
        body: octets
      )
    let response = try await http.send(request, session: session)
    guard !response.isSuccess else { return }
    let error = WireError.providerError(response, now: clock.now)
    // "Service unavailable" is said before anything is done; other failures may come after.
    throw response.status == 503 ? error.unsent : error
  }

  /// RFC 4648 §5.
  private static func base64URL(_ octets: [UInt8]) -> [UInt8] {
    Data(octets).base64EncodedData().map { byte in
      byte == UInt8(ascii: "+") ? UInt8(ascii: "-") : byte == UInt8(ascii: "/") ? UInt8(ascii: "_") : byte
    }
  }
}
