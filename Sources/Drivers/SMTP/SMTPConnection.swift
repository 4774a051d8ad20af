import CCurl
import CalendarCore
import Foundation
import ProviderKit
import Synchronization

/// One conversation with a mail server at a time a thread.
///
/// libcurl blocks: each conversation has a thread of a queue of its own, and ends when its task is cancelled.
struct SMTPConnection: Sendable {
  let authorities: String?

  enum Errand: Sendable {
    case send(OutgoingMail)
    case signIn
  }

  private static let queue = DispatchQueue(label: "phos.smtp", attributes: .concurrent)
  /// Once in a program's life, before the first conversation.
  private static let isReady = phos_curl_begin() == CURLE_OK

  /// Connects to `address` where one is given, whatever the server's name resolves to now.
  func perform(
    _ errand: Errand,
    at server: MailServer,
    address: IPAddress?
  ) async throws(ProviderError) {
    let conversation = Conversation(errand, server, address, authorities)
    let result: Result<Void, ProviderError> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        Self.queue.async {
          let isReady = Self.isReady
          continuation.resume(
            returning: isReady
              ? conversation.run()
              : .failure(.unavailable(reason: "The mail library does not start.", isUnsent: true))
          )
        }
      }
    } onCancel: {
      conversation.isCancelled.store(true, ordering: .relaxed)
    }
    try result.get()
  }
}

/// One conversation, from connecting to the server's last word.
private final class Conversation: Sendable {
  let isCancelled = Atomic(false)
  /// How much of the message libcurl has taken.
  private let taken = Atomic(0)
  private let errand: SMTPConnection.Errand
  private let server: MailServer
  private let address: IPAddress?
  private let authorities: String?
  private let octets: [UInt8]

  init(_ errand: SMTPConnection.Errand, _ server: MailServer, _ address: IPAddress?, _ authorities: String?) {
    (self.errand, self.server) = (errand, server)
    (self.address, self.authorities) = (address, authorities)
    if case .send(let mail) = errand { octets = mail.octets } else { octets = [] }
  }

  func run() -> Result<Void, ProviderError> {
    guard let handle = curl_easy_init() else {
      return .failure(.unavailable(reason: "No memory for a connection.", isUnsent: true))
    }
    var lists: [UnsafeMutablePointer<curl_slist>?] = []
    defer {
      curl_easy_cleanup(handle)
      for list in lists { curl_slist_free_all(list) }
    }
    func list(_ texts: [String]) -> UnsafeMutablePointer<curl_slist>? {
      let list = texts.reduce(nil) { curl_slist_append($0, $1) }
      lists.append(list)
      return list
    }
    let host = server.host.contains(":") ? "[\(server.host)]" : server.host
    var problems: [CURLcode] = []
    func set(_ option: CURLoption, _ value: Int) {
      problems.append(phos_curl_set_long(handle, option, value))
    }
    func set(_ option: CURLoption, _ value: String) {
      problems.append(phos_curl_set_text(handle, option, value))
    }
    set(CURLOPT_URL, "\(server.isImplicitTLS ? "smtps" : "smtp")://\(host):\(server.port)")
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
    set(CURLOPT_PROXY, "")
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_CONNECTTIMEOUT_MS, 8_000)
    set(CURLOPT_TIMEOUT_MS, 20_000)
    set(CURLOPT_USE_SSL, Int(server.needsTLS ? CURLUSESSL_ALL.rawValue : CURLUSESSL_TRY.rawValue))
    // Where TLS is not demanded it protects from listeners only, and a certificate proves nothing.
    set(CURLOPT_SSL_VERIFYPEER, server.needsTLS ? 1 : 0)
    set(CURLOPT_SSL_VERIFYHOST, server.needsTLS ? 2 : 0)
    if let authorities { set(CURLOPT_CAINFO, authorities) }
    if let address, !server.host.contains(":") {
      let target = address.octets.count == 16 ? "[\(address)]" : "\(address)"
      problems.append(
        phos_curl_set_list(handle, CURLOPT_RESOLVE, list(["\(server.host):\(server.port):\(target)"]))
      )
    }
    if let username = server.username {
      set(CURLOPT_USERNAME, username)
      if server.isToken {
        set(CURLOPT_XOAUTH2_BEARER, server.password ?? "")
        set(CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2")
      } else {
        set(CURLOPT_PASSWORD, server.password ?? "")
      }
    }
    let context = Unmanaged.passUnretained(self).toOpaque()
    problems.append(phos_curl_set_progress(handle, { pointer, _, _, _, _ in stops(pointer) }, context))
    switch errand {
    case .signIn: set(CURLOPT_CONNECT_ONLY, 1)
    case .send(let mail):
      set(CURLOPT_UPLOAD, 1)
      set(CURLOPT_MAIL_FROM, "<\(mail.from.rawValue)>")
      let recipients = list(mail.recipients.map { "<\($0.rawValue)>" })
      problems.append(phos_curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients))
      problems.append(phos_curl_set_offset(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(octets.count)))
      problems.append(phos_curl_set_reader(handle, { read($0, $1, $2, $3) }, context))
    }
    guard problems.allSatisfy({ $0 == CURLE_OK }) else {
      return .failure(.unavailable(reason: "The mail library lacks something.", isUnsent: true))
    }
    let code = curl_easy_perform(handle)
    var reply = 0
    _ = phos_curl_response_code(handle, &reply)
    return code == CURLE_OK ? .success(()) : .failure(failure(code, reply))
  }

  fileprivate func next(_ most: Int) -> ArraySlice<UInt8> {
    let start = taken.load(ordering: .relaxed)
    let end = min(start + most, octets.count)
    taken.store(end, ordering: .relaxed)
    return octets[start..<end]
  }

  /// What libcurl's word and the server's last reply (RFC 5321 §4.2.1) mean.
  private func failure(_ code: CURLcode, _ reply: Int) -> ProviderError {
    // Before the last octet has left, no server has a whole message.
    let isUnsent = octets.isEmpty || taken.load(ordering: .relaxed) < octets.count
    switch code {
    case CURLE_LOGIN_DENIED:
      return .rejected(reason: "The mail server refused the user name and password.")
    case CURLE_PEER_FAILED_VERIFICATION:
      return .rejected(reason: "The mail server's certificate is not valid for its name.")
    case CURLE_USE_SSL_FAILED:
      return .rejected(reason: "The mail server offers no encryption.")
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR:
      return .unavailable(reason: "The mail server cannot be reached.", isUnsent: true)
    default: break
    }
    // A reply of refusal is one, also after the whole message.
    switch reply {
    case 400...499 where code != CURLE_OPERATION_TIMEDOUT && code != CURLE_ABORTED_BY_CALLBACK:
      return .unavailable(reason: "The mail server answered \(reply).", isUnsent: true)
    case 500...599: return .rejected(reason: Self.sentence(reply))
    default:
      return .unavailable(reason: "The conversation broke off (\(code.rawValue)).", isUnsent: isUnsent)
    }
  }

  private static func sentence(_ reply: Int) -> String {
    switch reply {
    case 550, 551, 553: "the mail server does not take mail for one of the recipients, or from this sender."
    case 552: "the mail is too large for the mail server."
    case 554: "the mail server does not take this mail."
    case 530, 535: "the mail server wants another user name or password."
    default: "the mail server answered \(reply)."
    }
  }
}

private func stops(_ context: UnsafeMutableRawPointer?) -> Int32 {
  guard let context else { return 0 }
  let conversation = Unmanaged<Conversation>.fromOpaque(context).takeUnretainedValue()
  return conversation.isCancelled.load(ordering: .relaxed) ? 1 : 0
}

private func read(
  _ buffer: UnsafeMutablePointer<CChar>?,
  _ size: Int,
  _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let buffer, let context else { return 0 }
  let octets = Unmanaged<Conversation>.fromOpaque(context).takeUnretainedValue().next(size * count)
  UnsafeMutableRawBufferPointer(start: buffer, count: octets.count).copyBytes(from: octets)
  return octets.count
}
