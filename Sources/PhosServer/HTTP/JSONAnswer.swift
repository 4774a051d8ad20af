import Foundation
import HTTPTypes
import Hummingbird

/// A JSON answer that nothing may keep.
struct JSONAnswer: ResponseGenerator {
  var status: HTTPResponse.Status = .ok
  var contentType = "application/json; charset=utf-8"
  var cookie: Cookie?
  /// The methods to use instead, for an answer that a method is not allowed.
  var allowedMethods: String?
  let body: Data

  init(_ body: Data) { self.body = body }

  init(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws {
    self.status = status
    body = try JSONEncoder().encode(value)
  }

  /// A sentence for people.
  static func problem(_ message: String, status: HTTPResponse.Status) throws -> Self {
    try Self(["error": message], status: status)
  }

  func response(from request: Request, context: some RequestContext) -> Response {
    var response = Response(
      status: status,
      headers: [.contentType: contentType, .cacheControl: "no-store"],
      body: .init(byteBuffer: ByteBuffer(bytes: body))
    )
    if let allowedMethods { response.headers[.allow] = allowedMethods }
    if let cookie { response.setCookie(cookie) }
    return response
  }
}
