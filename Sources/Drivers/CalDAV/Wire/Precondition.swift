import ProviderKit

/// The conditions that a server names when it refuses (RFC 4918 §16).
///
/// Servers use different statuses for the same condition, so this is what decides.
struct Precondition: Sendable {
  var name: Markup.Name
  /// The resource that stands in the way, where the server tells.
  var href: String?

  static func all(in response: ProviderResponse) -> [Precondition] {
    guard let root = Markup.parse(response.body), root.name == .dav("error") else { return [] }
    // SabreDAV says of everything, a missing event too, which exception of its own it was.
    return root.children.filter { isStandard($0.name) }.map {
      Precondition(name: $0.name, href: $0.first(.dav("href"))?.trimmedText)
    }
  }

  private static func isStandard(_ name: Markup.Name) -> Bool {
    [Markup.Name.dav(""), .calDAV("")].contains { $0.namespace == name.namespace }
  }

  /// The UID is taken by another resource (RFC 4791 §5.3.2.1, RFC 6638 §3.2.4.1).
  var isUIDConflict: Bool {
    name == .calDAV("no-uid-conflict") || name == .calDAV("unique-scheduling-object-resource")
  }

  /// The server no longer knows the token (RFC 6578 §3.2).
  var isUnknownSyncToken: Bool { name == .dav("valid-sync-token") }

  /// The server cannot answer this kind of question (RFC 3253 §3.6).
  var isUnsupportedReport: Bool { name == .dav("supported-report") }

  var isMissingPrivilege: Bool { name == .dav("need-privileges") }
}
