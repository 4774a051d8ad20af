package import CalendarCore
package import ProviderKit

/// A mail transport with one account at its emulator, as the suite needs it.
package protocol MailUnderTest: Sendable {
  var transport: any MailTransport { get }
  /// The session of `ann@example.com`.
  var session: AccountSession { get }
  /// The emails that arrived anywhere, oldest first: their recipients and their text.
  var arrived: [(to: [String], raw: String)] { get }
}

/// A mail transport that speaks HTTP with the account's permission.
package protocol HTTPMailUnderTest: MailUnderTest {
  /// The transport that carries all of the driver's requests.
  var network: FaultyTransport { get }
  /// The vendor's own response to this case; nil when it never gives one.
  func answer(_ refusal: Refusal) -> ProviderResponse?
  /// Whether a request submits an email.
  func isSending(_ request: ProviderRequest) -> Bool
}

extension MailUnderTest {
  /// A message from the account to these people, of about this many octets.
  package func message(_ recipients: [String], hidden: [String] = [], octets size: Int = 0) throws
    -> OutgoingMail
  {
    func address(_ text: String) throws -> EmailAddress { try require(EmailAddress(text), "no address") }
    var text =
      "From: Ann <ann@example.com>\r\nTo: \(recipients.joined(separator: ",\r\n "))\r\nSubject: Gr=?x?=\r\n"
    text += "MIME-Version: 1.0\r\n\r\nHello\r\n.\r\n"
    let line = String(repeating: "x", count: 76) + "\r\n"
    while text.utf8.count + 78 < size { text += line }
    return OutgoingMail(
      from: try address("ann@example.com"),
      recipients: try (recipients + hidden).map(address),
      octets: Array(text.utf8),
      hiddenRecipientsField: hidden.isEmpty ? [] : Array("Bcc: \(hidden.joined(separator: ", "))\r\n".utf8)
    )
  }

  /// The error of sending one message; nil when it succeeds.
  package func failure() async throws -> ProviderError? {
    let message = try message(["bob@example.org"])
    do throws(ProviderError) {
      try await transport.send(message, session: session)
      return nil
    } catch {
      return error
    }
  }
}

package typealias MailCheck = ConformanceCheck<any MailUnderTest>
package typealias HTTPMailCheck = ConformanceCheck<any HTTPMailUnderTest>

package enum MailConformance {
  /// The requirements that every mail transport meets.
  package static let checks: [MailCheck] = [
    MailCheck("a message arrives as it was written, at everyone it is for") { mail in
      let message = try mail.message(["bob@example.org", "c@example.org"])
      try await mail.transport.send(message, session: mail.session)
      let arrived = mail.arrived
      try expect(arrived.count == 1, "there are \(arrived.count)")
      try expect(arrived[0].raw == String(decoding: message.octets, as: UTF8.self), "it is another one")
      try expect(Set(arrived[0].to) == ["bob@example.org", "c@example.org"], "it went to others")
    },
    MailCheck("who is hidden gets it, and is named to nobody") { mail in
      let message = try mail.message(["bob@example.org"], hidden: ["eve@example.org", "mallory@example.org"])
      try await mail.transport.send(message, session: mail.session)
      let arrived = try require(mail.arrived.first, "nothing arrived")
      try expect(Set(arrived.to) == Set(message.recipients.map(\.rawValue)), "it went to others")
      try expect(!arrived.raw.contains("eve@"), "a hidden one is named")
    },
    MailCheck("large ones arrive, too") { mail in
      let size = min(mail.transport.largestMessage, 5 << 20)
      let message = try mail.message(["bob@example.org"], octets: size)
      try await mail.transport.send(message, session: mail.session)
      try expect(mail.arrived.first?.raw.utf8.count == message.octets.count, "some of it is lost")
    },
  ]

  /// The further requirements of a mail transport that speaks HTTP.
  package static let checksOverHTTP: [HTTPMailCheck] =
    [
      HTTPMailCheck("without the permission it says so before anything is tried") { mail in
        var account = mail.session.account
        account.grantedScopes = []
        try expect(mail.transport.handles(account), "it is no longer the account's transport")
        try expect(mail.transport.unavailableReason(for: account) != nil, "it would try")
        try expect(mail.transport.unavailableReason(for: mail.session.account) == nil, "it does not try")
      },
      HTTPMailCheck("what never got there is known to be unsent; a lost answer leaves it open") { mail in
        mail.network.set(.notConnected, where: { mail.isSending($0) })
        let refused = try require(try await mail.failure(), "it is no error")
        try expect(!refused.mayHaveBeenCarriedOut && refused.isRetryable, "\(refused)")
        mail.network.set(.lostAnswer, where: { mail.isSending($0) })
        let lost = try require(try await mail.failure(), "it is no error")
        try expect(lost.mayHaveBeenCarriedOut, "\(lost)")
        mail.network.set(nil)
        try expect(mail.arrived.count == 1, "there are \(mail.arrived.count)")
      },
      HTTPMailCheck("a token that cannot be had is no mail that may have been sent") { mail in
        mail.network.set(.lostAnswer, where: { !mail.isSending($0) })
        let error = try require(try await mail.failure(), "it is no error")
        mail.network.set(nil)
        try expect(!error.mayHaveBeenCarriedOut, "\(error)")
        try expect(mail.arrived.isEmpty, "it was sent")
      },
    ]
    + Refusal.allCases.map { refusal in
      HTTPMailCheck("\(refusal.rawValue) is what it is, and no mail") { mail in
        guard let answer = mail.answer(refusal), refusal != .stale else { return }
        mail.network.set(.answer(answer), where: { mail.isSending($0) })
        let error = try require(try await mail.failure(), "it is no error")
        mail.network.set(nil)
        let kind = ProviderErrorKind(error)
        try expect(refusal.expected.contains(kind), "it is \(kind.rawValue)")
        // After an internal failure, nobody knows how far the request got.
        try expect(error.mayHaveBeenCarriedOut == (refusal == .failure), "\(error)")
        try expect(!"\(error)".contains("bob@example.org"), "the error tells what is personal")
        try expect(mail.arrived.isEmpty, "it was sent")
      }
    }
}
