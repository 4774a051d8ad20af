package import CCurl
package import CalendarCore
import Foundation
import Synchronization

/// One connection to a mail server, through libcurl: secured, and signed in, as the server's address says.
///
/// It belongs to one thread, which it blocks.
package final class MailServerConnection {
  /// How another thread ends the conversation.
  final class Stop: Sendable {
    let isAsked = Atomic(false)
  }

  private let handle: UnsafeMutableRawPointer
  private let stop: Stop
  private let deadline: ContinuousClock.Instant
  private var lists: [UnsafeMutablePointer<curl_slist>?] = []
  private var problems: [CURLcode] = []

  /// Milliseconds that a conversation may take.
  private static let patience = 20_000

  /// Connects to `address` where one is given, whatever the server's name resolves to now.
  init?(_ server: MailServer, at address: IPAddress?, authorities: String?, stop: Stop) {
    guard let handle = curl_easy_init() else { return nil }
    self.handle = handle
    self.stop = stop
    deadline = .now + .milliseconds(Self.patience)
    set(CURLOPT_URL, server.description)
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps,imap,imaps")
    set(CURLOPT_PROXY, "")
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_CONNECTTIMEOUT_MS, 8_000)
    set(CURLOPT_TIMEOUT_MS, Self.patience)
    set(CURLOPT_USE_SSL, Int(server.needsTLS ? CURLUSESSL_ALL.rawValue : CURLUSESSL_TRY.rawValue))
    // Where TLS is not demanded it protects from listeners only, and a certificate proves nothing.
    set(CURLOPT_SSL_VERIFYPEER, server.needsTLS ? 1 : 0)
    set(CURLOPT_SSL_VERIFYHOST, server.needsTLS ? 2 : 0)
    if let authorities { set(CURLOPT_CAINFO, authorities) }
    if let address, !server.host.contains(":") {
      let target = address.octets.count == 16 ? "[\(address)]" : "\(address)"
      set(CURLOPT_RESOLVE, ["\(server.host):\(server.port):\(target)"])
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
    let context = Unmanaged.passUnretained(stop).toOpaque()
    problems.append(phos_curl_set_progress(handle, { pointer, _, _, _, _ in isAsked(pointer) }, context))
  }

  deinit {
    curl_easy_cleanup(handle)
    for list in lists { curl_slist_free_all(list) }
  }

  package func set(_ option: CURLoption, _ value: Int) {
    problems.append(phos_curl_set_long(handle, option, value))
  }

  package func set(_ option: CURLoption, _ value: String) {
    problems.append(phos_curl_set_text(handle, option, value))
  }

  package func set(_ option: CURLoption, _ values: [String]) {
    let list = values.reduce(nil) { curl_slist_append($0, $1) }
    lists.append(list)
    problems.append(phos_curl_set_list(handle, option, list))
  }

  /// Uploads `count` octets, which `reader` hands out from `context`.
  package func upload(
    _ count: Int,
    from context: UnsafeMutableRawPointer,
    _ reader: @escaping curl_read_callback
  ) {
    set(CURLOPT_UPLOAD, 1)
    problems.append(phos_curl_set_offset(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(count)))
    problems.append(phos_curl_set_reader(handle, reader, context))
  }

  /// Does what the options say: libcurl's word, and the server's last reply.
  package func perform() throws(ProviderError) -> (code: CURLcode, reply: Int) {
    guard problems.allSatisfy({ $0 == CURLE_OK }) else {
      throw .unavailable(reason: Messages.mailLibraryTooOld, isUnsent: true)
    }
    let code = curl_easy_perform(handle)
    var reply = 0
    _ = phos_curl_response_code(handle, &reply)
    return (code, reply)
  }

  /// Connects and signs in; what is said afterwards goes through `send` and `receive`.
  package func signIn() throws(ProviderError) {
    set(CURLOPT_CONNECT_ONLY, 1)
    let (code, _) = try perform()
    guard code == CURLE_OK else {
      throw Self.failure(code)
        ?? .unavailable(reason: Messages.mailConnectionClosedWith(code.rawValue), isUnsent: true)
    }
  }

  package func send(_ octets: [UInt8]) throws(ProviderError) {
    var rest = octets[...]
    while !rest.isEmpty {
      var sent = 0
      let code = rest.withUnsafeBytes { curl_easy_send(handle, $0.baseAddress, $0.count, &sent) }
      rest = rest.dropFirst(sent)
      try goOn(code, waitingFor: Int16(POLLOUT))
    }
  }

  /// The received octets, at least one.
  package func receive() throws(ProviderError) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      var count = 0
      let code = curl_easy_recv(handle, &buffer, buffer.count, &count)
      if code == CURLE_OK, count == 0 { throw Self.brokenOff }
      if code == CURLE_OK { return Array(buffer.prefix(count)) }
      try goOn(code, waitingFor: Int16(POLLIN))
    }
  }

  private static let brokenOff = ProviderError.unavailable(reason: Messages.mailConnectionClosed)

  private func goOn(_ code: CURLcode, waitingFor event: Int16) throws(ProviderError) {
    guard !stop.isAsked.load(ordering: .relaxed), ContinuousClock.now < deadline else {
      throw .unavailable(reason: Messages.mailServerSlow)
    }
    if code == CURLE_OK { return }
    var socket = CURL_SOCKET_BAD
    guard code == CURLE_AGAIN, phos_curl_socket(handle, &socket) == CURLE_OK, socket != CURL_SOCKET_BAD else {
      throw Self.brokenOff
    }
    var waiting = pollfd(fd: socket, events: event, revents: 0)
    // Woken now and then, to see whether it is asked to stop.
    _ = poll(&waiting, 1, 100)
  }

  /// The meaning of libcurl's code before anything was sent; nil where the code does not say.
  package static func failure(_ code: CURLcode) -> ProviderError? {
    switch code {
    case CURLE_LOGIN_DENIED:
      .rejected(reason: Messages.mailSignInRejected)
    case CURLE_PEER_FAILED_VERIFICATION:
      .rejected(reason: Messages.mailCertificateInvalid)
    case CURLE_USE_SSL_FAILED:
      .rejected(reason: Messages.mailNotEncrypted)
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR:
      .unavailable(reason: Messages.mailServerUnreachable, isUnsent: true)
    default: nil
    }
  }
}

private func isAsked(_ context: UnsafeMutableRawPointer?) -> Int32 {
  guard let context else { return 0 }
  let stop = Unmanaged<MailServerConnection.Stop>.fromOpaque(context).takeUnretainedValue()
  return stop.isAsked.load(ordering: .relaxed) ? 1 : 0
}
