package import Foundation

/// An http or https URL whose parts are what they look like: no user info, a host of plain ASCII.
///
/// The host is compared with what is connected to, so whatever two parsers could read differently is refused.
package struct WebAddress: Sendable, Hashable {
  package let url: URL
  /// Lowercase; an IPv6 literal without brackets.
  package let host: String
  package let isSecure: Bool

  package init?(_ text: String) {
    guard text.utf8.count <= 2048, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
      !text.contains("\\"), var parts = URLComponents(string: text)
    else { return nil }
    guard parts.user == nil, parts.password == nil, let scheme = parts.scheme?.lowercased(),
      ["http", "https"].contains(scheme), let host = parts.host?.lowercased(), !host.isEmpty,
      (1...65535).contains(parts.port ?? 443)
    else { return nil }
    let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    let isLiteral = bare.contains(":")
    let allowed = isLiteral ? "0123456789abcdef:." : "abcdefghijklmnopqrstuvwxyz0123456789.-_"
    guard bare.count <= 253, bare.allSatisfy(allowed.contains) else { return nil }
    parts.scheme = scheme
    parts.host = isLiteral ? "[\(bare)]" : bare
    parts.fragment = nil
    guard let url = parts.url else { return nil }
    self.url = url
    self.host = bare
    isSecure = scheme == "https"
  }

  package var text: String { url.absoluteString }
  package var port: Int { url.port ?? (isSecure ? 443 : 80) }

  /// Scheme, host and port: what decides whether two addresses are the same server (RFC 6454 §4).
  package func hasSameOrigin(as other: Self) -> Bool {
    (host, port, isSecure) == (other.host, other.port, other.isSecure)
  }

  /// Resolves a relative or absolute reference found at this address (RFC 3986 §5).
  package func resolving(_ reference: String) -> Self? {
    URL(string: reference, relativeTo: url).flatMap { Self($0.absoluteString) }
  }
}
