import CalendarCore
import HTTPTypes
import Hummingbird
import NIOCore

/// `GET /icons/{key}.svg`: the drivers' drawings, which the web app shows before their names.
struct IconRoute {
  private let icons: [String: String]

  init(calendars: CalendarProviderRegistry, conferences: ConferenceProviderRegistry) {
    let all = calendars.providers.map(\.icon) + conferences.providers.map(\.icon)
    icons = Dictionary(all.map { ($0.key, $0.svg) }, uniquingKeysWith: { first, _ in first })
  }

  func add(to router: Router<WebContext>) {
    router.get("icons/{key}.svg") { _, context in
      guard let svg = icons[try context.parameters.require("key")] else { throw HTTPError(.notFound) }
      var headers: HTTPFields = [.contentType: "image/svg+xml", .cacheControl: "public, max-age=86400"]
      // An image that is opened by itself is a page: this one runs nothing and loads nothing.
      headers[.contentSecurityPolicy] = "default-src 'none'; sandbox"
      return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(string: svg)))
    }
  }
}
