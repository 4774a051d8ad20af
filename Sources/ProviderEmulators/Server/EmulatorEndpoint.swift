import Foundation
import Hummingbird
import JSONModel
import NIOCore

/// The rules of a vendor, as the server needs them.
protocol EmulatedVendor: Sendable {
  /// The name of the requested operation (`events.insert`), by which faults and the log identify it.
  func operation(of request: EmulatorRequest) -> String
  /// Does the work and answers, without waiting.
  func answer(_ request: EmulatorRequest) -> EmulatorResponse
  /// An error in this vendor's form, for faults.
  func failure(status: Int, reason: String?, operation: String) -> EmulatorResponse
  /// Whether the log may keep this operation's query and body.
  func mayLog(_ operation: String) -> Bool
  /// The emulator's own paths below `/_emulator`, beyond faults, log and delay; nil when there is no such path.
  func control(_ request: EmulatorRequest) -> EmulatorResponse?
  /// The lane of requests that share a limit on how many are served at a time.
  func lane(of request: EmulatorRequest) -> Lane?
  /// The maximum size of this operation's body in octets; a larger one is refused before it is read whole.
  func largestBody(of operation: String) -> Int
  /// Checks that need other servers, before the work; nil, or the refusal.
  func refusal(before request: EmulatorRequest) async -> EmulatorResponse?
}

extension EmulatedVendor {
  func lane(of request: EmulatorRequest) -> Lane? { nil }
  func largestBody(of operation: String) -> Int { 1 << 20 }
  func refusal(before request: EmulatorRequest) async -> EmulatorResponse? { nil }
}

/// Between the socket and a vendor's rules: limits, log, faults and delays.
final class EmulatorEndpoint: Sendable {
  let vendor: any EmulatedVendor
  let faults: FaultBoard
  let log: RequestLog
  private let lanes = Lanes()
  /// The maximum size of a request that controls the emulator.
  private static let controlLimit = 1 << 20
  /// The maximum size of a body that the log keeps.
  private static let loggedBody = 64 << 10

  init(vendor: any EmulatedVendor, faults: FaultBoard, log: RequestLog) {
    self.vendor = vendor
    self.faults = faults
    self.log = log
  }

  func respond(to request: Request, context: EmulatorContext) async throws -> Response {
    var incoming = EmulatorRequest(request)
    guard incoming.path.first != "_emulator" else {
      incoming.body = Data((try await request.body.collect(upTo: Self.controlLimit)).readableBytesView)
      return Response(control(incoming))
    }
    let operation = vendor.operation(of: incoming)
    let lane = vendor.lane(of: incoming)
    guard lanes.enter(lane) else {
      let number = log.record(
        .init(incoming, operation: operation, open: vendor.mayLog(operation), fault: nil)
      )
      let refusal = lane?.refusal ?? EmulatorResponse(status: 429)
      log.note(number) { $0.status = refusal.status }
      // Bytes left unread would be taken for the next request.
      return Response(refusal, closing: true)
    }
    defer { lanes.leave(lane) }
    return try await serve(incoming, operation: operation, request, context)
  }

  private func serve(
    _ incoming: EmulatorRequest,
    operation: String,
    _ request: Request,
    _ context: EmulatorContext
  ) async throws -> Response {
    var incoming = incoming
    let fault = faults.take(for: operation)
    let number = log.record(
      .init(incoming, operation: operation, open: vendor.mayLog(operation), fault: fault)
    )
    if fault?.mode == .refuse {
      return await Self.cut(context)
    }
    let limit = vendor.largestBody(of: operation)
    do {
      if fault?.mode == .hang {
        incoming.body = try await hang(request, limit)
      } else {
        incoming.body = Data((try await request.body.collect(upTo: limit)).readableBytesView)
      }
    } catch is CancellationError {
      return await Self.cut(context)
    } catch {
      let answer = vendor.failure(status: 413, reason: "uploadTooLarge", operation: operation)
      log.note(number) { $0.status = answer.status }
      // Bytes left unread would be taken for the next request.
      return Response(answer, closing: true)
    }
    if vendor.mayLog(operation), incoming.body.count <= Self.loggedBody,
      let body = try? JSON.parse(incoming.body)
    {
      log.note(number) { $0.body = body }
    }
    let wait = faults.answerDelay
    if wait > .zero { try await Task.sleep(for: wait) }

    var answer: EmulatorResponse
    if let fault, fault.mode == .status {
      answer = vendor.failure(status: fault.status ?? 503, reason: fault.reason, operation: operation)
      answer.headers["Retry-After"] = fault.retryAfter.map(String.init)
    } else if let refusal = await vendor.refusal(before: incoming) {
      answer = refusal
    } else {
      answer = vendor.answer(incoming)
    }
    if fault?.mode == .lostAnswer {
      return await Self.cut(context)
    }
    if fault?.mode == .garbage {
      answer.status = 200
      answer.body = Data(
        (answer.body.isEmpty ? Data("{}".utf8) : answer.body).prefix(max(1, answer.body.count / 2))
      )
    }
    log.note(number) { $0.status = answer.status }
    return Response(answer)
  }

  /// Waits until the faults are cleared; throws when the client disconnects first.
  private func hang(_ request: Request, _ limit: Int) async throws -> Data {
    let faults = faults
    return try await request.body.consumeWithCancellationOnInboundClose { body in
      let bytes = Data((try await body.collect(upTo: limit)).readableBytesView)
      await faults.hang()
      try Task.checkCancellation()
      return bytes
    }
  }

  /// Closes the connection; the returned response can no longer be written.
  private static func cut(_ context: EmulatorContext) async -> Response {
    try? await context.channel.close()
    return Response(status: .serviceUnavailable)
  }
}

extension EmulatorRequest {
  init(_ request: Request) {
    let target = request.uri.string.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    method = request.method.rawValue
    path = Self.segments(ofPath: request.uri.path)
    query = target.count > 1 ? Self.items(String(target[1])) : []
    headers = [:]
    for field in request.headers {
      // A header may come in several lines (RFC 9110 §5.3).
      let name = field.name.canonicalName
      headers[name] = headers[name].map { "\($0), \(field.value)" } ?? field.value
    }
    body = Data()
  }
}

extension Response {
  init(_ answer: EmulatorResponse, closing: Bool = false) {
    var fields = HTTPFields()
    for (name, value) in answer.headers {
      if let name = HTTPFields.Element.Name(name) { fields[name] = value }
    }
    if closing { fields[.connection] = "close" }
    self.init(
      status: HTTPResponse.Status(code: answer.status),
      headers: fields,
      body: answer.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
    )
  }
}

extension RequestLog.Entry {
  init(_ request: EmulatorRequest, operation: String, open: Bool, fault: Fault?) {
    self.operation = operation
    method = request.method
    path = "/" + request.path.joined(separator: "/")
    query = Dictionary(grouping: request.query, by: \.name).mapValues { items in
      open ? items.map(\.value) : []
    }
    ifMatch = request.headers["if-match"]
    ifNoneMatch = request.headers["if-none-match"]
    body = nil
    status = nil
    self.fault = fault?.mode
  }
}
