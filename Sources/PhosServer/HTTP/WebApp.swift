import Foundation
import HTTPTypes
import Hummingbird

/// The web app: its few files, read once at start, and its page for every address that is not the API's.
struct WebApp {
  private struct File: Sendable {
    let body: ByteBuffer
    let contentType: String
    let etag: String
  }

  private let files: [String: File]

  /// Reads every file directly in `folder`; none when it does not exist, and the page says so.
  init(folder: String) {
    let types = [
      "html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8",
      "css": "text/css; charset=utf-8", "svg": "image/svg+xml", "png": "image/png",
    ]
    var files: [String: File] = [:]
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      guard let type = types[(name as NSString).pathExtension],
        let data = FileManager.default.contents(atPath: "\(folder)/\(name)")
      else { continue }
      files[name] = File(
        body: ByteBuffer(bytes: data),
        contentType: type,
        etag: "\"\(data.count)-\(data.stableHash)\""
      )
    }
    self.files = files
  }

  func add(to router: Router<WebContext>) {
    router.get("/") { request, _ in answer("index.html", request) }
    router.get("**") { request, context in
      let path = context.parameters.getCatchAll().joined(separator: "/")
      // A missing script must not be answered with a page.
      return answer(files[path] != nil || path.contains(".") ? path : "index.html", request)
    }
  }

  private func answer(_ name: String, _ request: Request) -> Response {
    guard let file = files[name] else {
      let text =
        name == "index.html" ? Messages.webAppMissing + "\n" : Messages.nothingHere + "\n"
      return Response(
        status: .notFound,
        headers: [.contentType: "text/plain; charset=utf-8"],
        body: .init(byteBuffer: ByteBuffer(string: text))
      )
    }
    let headers: HTTPFields = [.contentType: file.contentType, .eTag: file.etag, .cacheControl: "no-cache"]
    if request.headers[.ifNoneMatch] == file.etag { return Response(status: .notModified, headers: headers) }
    return Response(status: .ok, headers: headers, body: .init(byteBuffer: file.body))
  }
}

extension Data {
  /// FNV-1a: the same in every process, unlike `hashValue`.
  fileprivate var stableHash: UInt64 {
    reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }
}

/// Headers that keep browsers from being talked into things.
struct SecurityHeaders: RouterMiddleware {
  func handle(
    _ request: Request,
    context: WebContext,
    next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    var response: Response
    do { response = try await next(request, context) } catch let error as any HTTPResponseError {
      // The router would render it outside of this, without the headers.
      response = try error.response(from: request, context: context)
    }
    if response.headers[.contentSecurityPolicy] == nil {
      response.headers[.contentSecurityPolicy] =
        "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    }
    if let name = HTTPField.Name("X-Content-Type-Options") { response.headers[name] = "nosniff" }
    if let name = HTTPField.Name("Referrer-Policy") { response.headers[name] = "same-origin" }
    return response
  }
}
