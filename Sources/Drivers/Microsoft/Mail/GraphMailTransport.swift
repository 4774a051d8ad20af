import CalendarCore
import Foundation
import HTTPTypes
import ProviderKit

/// Mail through Graph (learn.microsoft.com/graph/api/user-sendmail), as MIME: only that can carry an invitation.
struct GraphMailTransport: MailTransport {
  /// A request may have 4 MB (learn.microsoft.com/graph/throttling), of which base64 needs a third.
  let largestMessage = 3 << 20 - 1 << 16
  private let url: String
  private let http: AuthorizedHTTP
  private let clock: WallClock

  init(graphURL: String, http: AuthorizedHTTP, clock: WallClock) {
    url = "\(graphURL)/v1.0/me/sendMail"
    self.http = http
    self.clock = clock
  }

  func handles(_ account: ConnectedAccount) -> Bool { account.provider == .microsoft }

  func unavailableReason(for account: ConnectedAccount) -> String? {
    MicrosoftScope.canSend(account.grantedScopes)
      ? nil
      : Messages.mailPermissionMissing
  }

  func send(_ message: OutgoingMail, session: AccountSession) async throws(ProviderError) {
    // Graph finds the recipients in the message, and takes Bcc off.
    let octets = message.hiddenRecipientsField + message.octets
    let response = try await http.send(
      ProviderRequest(
        "POST",
        url,
        headers: [.contentType: "text/plain", .accept: "application/json"],
        body: Array(Data(octets).base64EncodedData())
      ),
      session: session
    )
    guard !response.isSuccess else { return }
    let error = WireError.providerError(response, now: clock.now)
    throw response.status == 503 ? error.unsent : error
  }
}
