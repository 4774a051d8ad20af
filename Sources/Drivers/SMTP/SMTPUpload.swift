import CCurl
import CalendarCore
import ProviderKit

/// Sends one message over a line.
final class SMTPUpload {
  private let mail: OutgoingMail
  /// How much of the message libcurl has taken.
  private var taken = 0

  init(_ mail: OutgoingMail) { self.mail = mail }

  func run(over line: MailServerConnection) throws(ProviderError) {
    line.set(CURLOPT_MAIL_FROM, "<\(mail.from.withALabels)>")
    line.set(CURLOPT_MAIL_RCPT, mail.recipients.map { "<\($0.withALabels)>" })
    let context = Unmanaged.passUnretained(self).toOpaque()
    line.upload(mail.octets.count, from: context) { read(into: $0, size: $1, count: $2, from: $3) }
    let (code, reply) = try line.perform()
    if code != CURLE_OK { throw failure(code, reply) }
  }

  fileprivate func next(_ most: Int) -> ArraySlice<UInt8> {
    let start = taken
    taken = min(start + most, mail.octets.count)
    return mail.octets[start..<taken]
  }

  /// The meaning of libcurl's code and the server's last reply (RFC 5321 §4.2.1).
  private func failure(_ code: CURLcode, _ reply: Int) -> ProviderError {
    if let failure = MailServerConnection.failure(code) { return failure }
    // A reply of refusal is one, also after the whole message.
    switch reply {
    case 400...499 where code != CURLE_OPERATION_TIMEDOUT && code != CURLE_ABORTED_BY_CALLBACK:
      return .unavailable(reason: Messages.answered(reply), isUnsent: true)
    case 500...599: return .rejected(reason: Self.sentence(reply))
    default:
      // Before the last octet has left, no server has a whole message.
      return .unavailable(
        reason: Messages.connectionClosed(code.rawValue),
        isUnsent: taken < mail.octets.count
      )
    }
  }

  private static func sentence(_ reply: Int) -> String {
    switch reply {
    case 550, 551, 553: Messages.recipientRejected
    case 552: Messages.emailTooLarge
    case 554: Messages.emailRejected
    case 530, 535: Messages.signInRejected
    default: Messages.rejectedWith(reply)
    }
  }
}

private func read(
  into buffer: UnsafeMutablePointer<CChar>?,
  size: Int,
  count: Int,
  from context: UnsafeMutableRawPointer?
) -> Int {
  guard let buffer, let context else { return 0 }
  let octets = Unmanaged<SMTPUpload>.fromOpaque(context).takeUnretainedValue().next(size * count)
  UnsafeMutableRawBufferPointer(start: buffer, count: octets.count).copyBytes(from: octets)
  return octets.count
}
