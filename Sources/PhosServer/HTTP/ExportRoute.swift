import CalendarService
import Foundation
import HTTPTypes
import Hummingbird

/// `GET /ics/calendar.ics?from=…&to=…`: the events of a span as one file, for who is signed in.
///
/// `from` and `to` are times of RFC 3339; `connectedAccountId` restricts the file to one account.
struct ExportRoute {
  let exportCalendar: ExportCalendar

  func add(to router: Router<WebContext>) {
    router.get("ics/calendar.ics") { request, context in
      guard let caller = context.caller else { return answer(.unauthorized, Messages.signInFirst) }
      let parameters = request.uri.queryParameters
      guard let from = parameters["from"].flatMap({ RequestedInstant(rfc3339: String($0)) }),
        let to = parameters["to"].flatMap({ RequestedInstant(rfc3339: String($0)) })
      else { return answer(.badRequest, Messages.exportRange) }
      do {
        let file = try await exportCalendar(
          from: from.instant,
          to: to.instant,
          in: AccountFilter(parameters["connectedAccountId"].map(String.init)),
          caller: caller
        )
        return Response(
          status: .ok,
          headers: [
            .contentType: "text/calendar; charset=utf-8",
            .contentDisposition: "attachment; filename=\"calendar.ics\"",
            .cacheControl: "no-store",
          ],
          body: .init(byteBuffer: ByteBuffer(bytes: file))
        )
      } catch let refusal as any UseCaseError {
        return answer(.badRequest, refusal.message)
      }
    }
  }

  private func answer(_ status: HTTPResponse.Status, _ sentence: String) -> Response {
    Response(
      status: status,
      headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
      body: .init(byteBuffer: ByteBuffer(string: "\(sentence)\n"))
    )
  }
}
