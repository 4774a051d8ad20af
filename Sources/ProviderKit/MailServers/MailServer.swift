import Foundation

/// A mail server's address with its login: `smtp://user:password@host:port`, or `smtps://…` for TLS from the start;
/// the same holds for `imap` and `imaps`.
///
/// Without the `s` it is secured by STARTTLS before anything else is said, unless it is on this machine, or `?tls=none`
/// says that it has none. `user;AUTH=XOAUTH2` says that the password is a bearer token. Printing one shows no login.
package struct MailServer: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
  /// The purpose of a server, named as the scheme of its addresses.
  package enum Kind: String, Sendable {
    /// It takes mail that is sent (RFC 6409).
    case smtp
    /// It keeps mail that has arrived (RFC 3501).
    case imap

    fileprivate var usualPort: Int { self == .smtp ? 587 : 143 }
    /// RFC 8314 §3.
    fileprivate var usualTLSPort: Int { self == .smtp ? 465 : 993 }
  }

  package let kind: Kind
  package let host: String
  package let port: Int
  let isImplicitTLS: Bool
  let needsTLS: Bool
  let username: String?
  let password: String?
  let isToken: Bool

  package init?(_ kind: Kind, _ text: String) {
    guard text.utf8.count <= 2048, !text.utf8.contains(where: { $0 < 0x21 || $0 == 0x7F }),
      let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
      [kind.rawValue, "\(kind.rawValue)s"].contains(scheme),
      let host = parts.host?.lowercased(), !host.isEmpty,
      ["", "/"].contains(parts.path), parts.fragment == nil
    else { return nil }
    let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    guard bare.utf8.count <= 253,
      bare.utf8.allSatisfy({ byte in
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || ".-_:".utf8.contains(byte)
      })
    else { return nil }
    let query = (parts.queryItems ?? []).map { "\($0.name)=\($0.value ?? "")" }
    guard query.allSatisfy({ $0 == "tls=none" }) else { return nil }
    self.kind = kind
    self.host = bare
    isImplicitTLS = scheme == "\(kind.rawValue)s"
    port = parts.port ?? (isImplicitTLS ? kind.usualTLSPort : kind.usualPort)
    guard (1...65_535).contains(port) else { return nil }
    needsTLS = isImplicitTLS || query.isEmpty && !Self.isThisMachine(bare)
    let user = parts.user.map { $0.split(separator: ";", maxSplits: 1).map(String.init) } ?? []
    isToken = user.count == 2 && user[1].uppercased() == "AUTH=XOAUTH2"
    guard user.count < 2 || isToken else { return nil }
    username = user.first
    password = parts.password
    guard [username, password].allSatisfy({ $0.map(Self.isLogin) ?? true }) else { return nil }
  }

  /// Returns this server with a login, where it has none.
  func signingIn(as username: String, _ password: String) -> MailServer? {
    guard self.username == nil else { return self }
    var parts = bareParts
    parts.user = username
    parts.password = password
    return parts.string.flatMap { MailServer(kind, $0) }
  }

  /// The whole address, login and all: a secret.
  ///
  /// Settings that are the operator's alone are not part of it.
  var secretText: String? {
    var parts = bareParts
    parts.user = username.map { isToken ? "\($0);AUTH=XOAUTH2" : $0 }
    parts.password = password
    return parts.string
  }

  private var bareParts: URLComponents {
    var parts = URLComponents()
    parts.scheme = scheme
    parts.host = hostInAddresses
    parts.port = port
    return parts
  }

  private var scheme: String { isImplicitTLS ? "\(kind.rawValue)s" : kind.rawValue }
  var hostInAddresses: String { host.contains(":") ? "[\(host)]" : host }

  package var customMirror: Mirror { Mirror(self, children: []) }
  package var description: String { "\(scheme)://\(hostInAddresses):\(port)" }

  private static func isThisMachine(_ host: String) -> Bool {
    host == "localhost" || host == "::1" || host.hasPrefix("127.") && host.split(separator: ".").count == 4
  }

  /// libcurl reads logins as texts that end at NUL.
  private static func isLogin(_ text: String) -> Bool { text.utf8.count <= 4096 && !text.utf8.contains(0) }
}
