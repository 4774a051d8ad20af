import AsyncAlgorithms
import CalendarCore
import CalendarService
import Foundation
import GraphQLEngine
import HTTPTypes
import Hummingbird
import Synchronization

/// `GET` and `POST /graphql/stream`: one operation as server-sent events.
///
/// The "distinct connections mode" of the GraphQL over Server-Sent Events protocol: `next` for each answer, `complete`
/// at the end, and whatever is wrong with the operation is an answer too, for a browser's `EventSource` reads no other.
/// `id` is where a client may go on from; it comes back as `Last-Event-ID` when the browser connects again.
struct GraphQLStreamRoute {
  let executor: GraphQLExecutor<CallerContext>
  let useCases: UseCases
  let publicURL: String
  /// How long nothing may be sent: proxies end a connection that is silent, and only sending shows that nobody listens.
  var heartbeat: Duration = .seconds(15)
  var clock: any Clock<Duration> = ContinuousClock()
  let streams = OpenStreams()

  func add(to router: Router<WebContext>) {
    for method in [HTTPRequest.Method.get, .post] {
      router.on("graphql/stream", method: method) { request, context in
        do throws(GraphQLOverHTTP.Refusal) {
          return try await answer(request, context)
        } catch {
          return JSONAnswer(refusal: error).response(from: request, context: context)
        }
      }
    }
  }

  private func answer(
    _ request: Request,
    _ context: WebContext
  ) async throws(GraphQLOverHTTP.Refusal) -> Response {
    let caller = try context.signedIn()
    let accept = request.headers[values: .accept].joined(separator: ",")
    guard GraphQLMediaType(accept: accept, among: [.eventStream]) != nil else {
      throw GraphQLOverHTTP.Refusal(Messages.streamResponseType, status: .notAcceptable)
    }
    var request = request
    let parsed = try await GraphQLOverHTTP.read(&request)
    if request.method == .get, (try? executor.operationType(of: parsed)) == .mutation {
      throw GraphQLOverHTTP.Refusal(Messages.mutationsWithPost, status: .methodNotAllowed)
    }
    guard let place = streams.open(for: caller.memberID) else {
      throw GraphQLOverHTTP.Refusal(
        Messages.tooManyStreams,
        code: GraphQLErrorCode.limitExceeded,
        status: .tooManyRequests
      )
    }
    var callerContext = CallerContext(caller: caller, useCases: useCases, publicURL: publicURL)
    let stream = ResumeCursor(resumeAfter: HTTPField.Name("Last-Event-ID").flatMap { request.headers[$0] })
    callerContext.place = stream
    let (session, asked, body) = (context.sessionToken, callerContext, request.body)
    return Response(
      status: .ok,
      headers: Self.headers,
      body: ResponseBody { writer in
        // Until the client is gone, however that comes about.
        _ = place
        try await body.consumeWithCancellationOnInboundClose { _ in
          try await writer.write(ByteBuffer(string: ": welcome\n\n"))
          switch await subscribe(parsed, asked) {
          case .failure(let refusal): try await writer.write(Self.frame(refusal.response, id: nil))
          case .success(let events):
            let steps = merge(chain(events.map(Step.event), [Step.end].async), beats())
            steps: for await step in steps {
              // A member who signs out is told nothing more, on any of their pages.
              guard await isSignedIn(session) else { break }
              switch step {
              case .event(let event): try await writer.write(Self.frame(event.response, id: event.id))
              case .beat: try await writer.write(Self.frame(nil, id: stream.position))
              case .end: break steps
              }
            }
          }
          try await writer.write(ByteBuffer(string: "event: complete\ndata:\n\n"))
        }
        try await writer.finish(nil)
      }
    )
  }

  private enum Step: Sendable {
    case event(GraphQLEvent)
    case beat
    case end
  }

  private func beats() -> AsyncStream<Step> {
    AsyncStream { [clock, heartbeat] in (try? await clock.sleep(for: heartbeat)).map { .beat } }
  }

  private func subscribe(
    _ request: GraphQLRequest,
    _ context: CallerContext
  ) async -> Result<GraphQLEventStream, GraphQLRefusal> {
    do throws(GraphQLRefusal) {
      return .success(try await executor.subscribe(request, context: context) { $0.renewed() })
    } catch {
      return .failure(error)
    }
  }

  /// False once the session has ended; a database that is away says nothing about it.
  private func isSignedIn(_ session: String?) async -> Bool {
    guard let session else { return true }
    do { return try await useCases.access.signIn.caller(sessionToken: session) != nil } catch { return true }
  }

  private static func frame(_ response: GraphQLResponse?, id: String?) -> ByteBuffer {
    var buffer = ByteBuffer()
    // A comment keeps a silent connection alive; an id alone moves the place from which a browser goes on.
    buffer.writeString(id.map { "id: \($0)\n" } ?? (response == nil ? ":\n" : ""))
    if let response {
      buffer.writeString("event: next\ndata: ")
      // JSON has no line ends of its own: one line of data is all of it.
      buffer.writeBytes(response.jsonData())
      buffer.writeString("\n")
    }
    buffer.writeString("\n")
    return buffer
  }

  private static let headers: HTTPFields = {
    var headers: HTTPFields = [
      .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store",
    ]
    // nginx keeps an answer back until there is enough of it, unless told not to.
    if let name = HTTPField.Name("X-Accel-Buffering") { headers[name] = "no" }
    return headers
  }()
}

/// How many streams each member has open, so that nobody takes all there are.
final class OpenStreams: Sendable {
  /// A few windows on a few machines, each with a stream or two.
  static let maximumPerMember = 32

  private let counts = Mutex<[WorkspaceMember.ID: Int]>([:])

  /// A place that stays open as long as it is referenced.
  final class StreamLease: Sendable {
    private let leave: @Sendable () -> Void

    init(leave: @escaping @Sendable () -> Void) { self.leave = leave }

    deinit { leave() }
  }

  /// A place for one more stream; nil when the member has too many.
  func open(for member: WorkspaceMember.ID) -> StreamLease? {
    let isOpen = counts.withLock { counts in
      guard counts[member, default: 0] < Self.maximumPerMember else { return false }
      counts[member, default: 0] += 1
      return true
    }
    return isOpen ? StreamLease { [weak self] in self?.leave(member) } : nil
  }

  private func leave(_ member: WorkspaceMember.ID) {
    counts.withLock { counts in
      let left = counts[member, default: 1] - 1
      counts[member] = left > 0 ? left : nil
    }
  }
}
