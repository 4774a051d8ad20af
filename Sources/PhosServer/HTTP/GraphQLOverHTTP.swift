import Foundation
import GraphQLEngine
import HTTPTypes
import Hummingbird

/// The rules of GraphQL over HTTP (the GraphQL foundation's working draft) for requests and answers.
enum GraphQLOverHTTP {
  /// A mail with files of 10 MB, in base64, is a little below this, in bytes.
  static let largestBody = 14 << 20
  /// One meeting with everything in it, and a document of the web app, are far below this.
  static let largestDocument = 512 << 10

  /// Why a request is no GraphQL request.
  struct Refusal: Error {
    let error: GraphQLError
    let status: HTTPResponse.Status

    init(_ message: String, code: String = GraphQLErrorCode.badRequest, status: HTTPResponse.Status) {
      error = GraphQLError(message, code: code)
      self.status = status
    }

    init(_ error: GraphQLError) {
      self.error = error
      status = .badRequest
    }
  }

  /// Reads a request: the parameters of the address of a GET, the JSON of a POST.
  ///
  /// Leaves the request with its body read, so that a task which waits for the client to leave finds its end.
  static func read(_ request: inout Request) async throws(Refusal) -> GraphQLRequest {
    if request.method == .get {
      do { return try GraphQLRequest(parameters: parameters(of: request)) } catch { throw Refusal(error) }
    }
    try checkContentType(request.headers[.contentType] ?? "")
    let body: ByteBuffer
    do { body = try await request.collectBody(upTo: largestBody) } catch {
      throw Refusal(Messages.bodyTooLarge, code: GraphQLErrorCode.limitExceeded, status: .contentTooLarge)
    }
    let parsed: GraphQLRequest
    do { parsed = try GraphQLRequest(json: Array(body.readableBytesView)) } catch { throw Refusal(error) }
    guard parsed.query.utf8.count <= largestDocument else {
      throw Refusal(Messages.documentTooLarge, code: GraphQLErrorCode.limitExceeded, status: .contentTooLarge)
    }
    return parsed
  }

  private static func checkContentType(_ field: String) throws(Refusal) {
    let parts = field.lowercased().split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
    guard parts.first == "application/json" else {
      throw Refusal(Messages.sendJSON, status: .unsupportedMediaType)
    }
    for part in parts.dropFirst() where part.hasPrefix("charset=") {
      guard ["charset=utf-8", "charset=\"utf-8\""].contains(part) else {
        throw Refusal(Messages.sendUTF8, status: .unsupportedMediaType)
      }
    }
  }

  /// As forms and `URLSearchParams` write them: a plus is a space.
  private static func parameters(of request: Request) -> [String: String] {
    var components = URLComponents()
    // Of an address that is not percent-encoded properly nothing can be read.
    let query = (request.uri.query ?? "").replacing("+", with: "%20")
    guard query.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), Self.isEncoded(query) else { return [:] }
    components.percentEncodedQuery = query
    let items = (components.queryItems ?? []).map { ($0.name, $0.value ?? "") }
    return Dictionary(items) { first, _ in first }
  }

  /// `percentEncodedQuery` ends the program on anything else.
  private static func isEncoded(_ query: String) -> Bool {
    let allowed = CharacterSet.urlQueryAllowed.union(CharacterSet(charactersIn: "%"))
    guard query.unicodeScalars.allSatisfy(allowed.contains) else { return false }
    return query.split(separator: "%", omittingEmptySubsequences: false).dropFirst().allSatisfy { rest in
      rest.utf8.prefix(2).count == 2
        && rest.utf8.prefix(2).allSatisfy { UnicodeScalar($0).properties.isASCIIHexDigit }
    }
  }
}

/// The media types in which an answer may go out.
enum GraphQLMediaType: String {
  /// GraphQL over HTTP's own; its status tells whether anything was executed.
  case response = "application/graphql-response+json"
  /// The older media type; its answer is always 200 for a request that could be read.
  case json = "application/json"
  /// Server-sent events.
  case eventStream = "text/event-stream"

  /// The first of these, in our order of preference, that a client likes best (RFC 9110 §12.5.1); nil when it likes
  /// none.
  init?(accept: String?, among offered: [GraphQLMediaType]) {
    guard let accept, !accept.trimmingCharacters(in: .whitespaces).isEmpty else {
      self = offered[0]
      return
    }
    let ranges = accept.lowercased().split(separator: ",").prefix(32).map(Range.init)
    var best: (type: GraphQLMediaType, quality: Double)?
    for type in offered {
      // The range that means it most exactly decides.
      guard let range = ranges.max(by: { $0.exactness(for: type) < $1.exactness(for: type) }),
        range.exactness(for: type) > 0, range.quality > best?.quality ?? 0
      else { continue }
      best = (type, range.quality)
    }
    guard let best else { return nil }
    self = best.type
  }

  private struct Range {
    let type: String
    let quality: Double

    init(_ text: Substring) {
      let parts = text.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
      type = parts.first ?? ""
      let weight = parts.dropFirst().first { $0.hasPrefix("q=") }?.dropFirst(2)
      quality = weight.map { Double($0) ?? 0 } ?? 1
    }

    /// How exactly the range means a type; 0 for not at all.
    func exactness(for type: GraphQLMediaType) -> Int {
      if self.type == type.rawValue { return 3 }
      if self.type == "\(type.rawValue.prefix { $0 != "/" })/*" { return 2 }
      return self.type == "*/*" ? 1 : 0
    }
  }
}
