/// The answer to a PROPFIND (RFC 4918 §13): a list of resources, each with the properties it has.
struct Multistatus: Sendable {
  var resources: [Resource]
  /// Where a synchronisation goes on (RFC 6578 §6.4).
  var syncToken: String?

  struct Resource: Sendable {
    var href: String
    /// Of the resource as a whole, where it is told: 404 for one that was deleted, 507 where the list ends early.
    var status: Int?
    /// The properties that the server found; those it refused or lacks are not here.
    var properties: [Markup]

    func property(_ name: Markup.Name) -> Markup? { properties.first { $0.name == name } }

    /// The first href within a property, such as `current-user-principal`.
    func hrefs(_ name: Markup.Name) -> [String] {
      property(name)?.all(.dav("href")).map(\.trimmedText).filter { !$0.isEmpty } ?? []
    }
  }

  /// Nil when the body is no multistatus.
  init?(_ body: [UInt8]) {
    guard let root = Markup.parse(body), root.name == .dav("multistatus") else { return nil }
    syncToken = root.first(.dav("sync-token"))?.trimmedText
    resources = root.all(.dav("response")).compactMap { response in
      guard let href = response.first(.dav("href"))?.trimmedText, !href.isEmpty else { return nil }
      let properties = response.all(.dav("propstat"))
        .filter { Self.isSuccess($0.first(.dav("status"))?.trimmedText) }
        .flatMap { $0.first(.dav("prop"))?.children ?? [] }
      let status = response.first(.dav("status"))?.trimmedText
      return Resource(href: href, status: status.flatMap(Self.code), properties: properties)
    }
  }

  /// A status line, `HTTP/1.1 200 OK`; left out by some servers when all is well.
  private static func isSuccess(_ status: String?) -> Bool {
    guard let status else { return true }
    return code(status).map { (200..<300).contains($0) } ?? false
  }

  private static func code(_ line: String) -> Int? {
    line.split(separator: " ").dropFirst().first.flatMap { Int($0) }
  }
}
