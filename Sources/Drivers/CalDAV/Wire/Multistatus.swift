/// What a PROPFIND answers (RFC 4918 §13): a list of resources, each with the properties it has.
struct Multistatus: Sendable {
  var resources: [Resource]

  struct Resource: Sendable {
    var href: String
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
    resources = root.all(.dav("response")).compactMap { response in
      guard let href = response.first(.dav("href"))?.trimmedText, !href.isEmpty else { return nil }
      let properties = response.all(.dav("propstat"))
        .filter { Self.isSuccess($0.first(.dav("status"))?.trimmedText) }
        .flatMap { $0.first(.dav("prop"))?.children ?? [] }
      return Resource(href: href, properties: properties)
    }
  }

  /// A status line, `HTTP/1.1 200 OK`; left out by some servers when all is well.
  private static func isSuccess(_ status: String?) -> Bool {
    guard let status else { return true }
    return status.split(separator: " ").dropFirst().first?.first == "2"
  }
}
