import CalendarCore
import CalendarService
import Foundation
import HTTPTypes
import Hummingbird

/// `GET /ics/…`: an event's .ics by its signed, expiring address.
struct InvitationRoute {
  let useCases: UseCases

  func add(to router: Router<WebContext>) {
    router.get("ics/:path") { _, context in
      let now = useCases.clock.now
      guard let path = context.parameters.get("path"),
        let target = useCases.invitationLink.open(path, now: now),
        let event = try await useCases.database.read(target.workspace, { try $0.events.find(target.event) }),
        let file = try await useCases.events.invitation(to: event, in: target.workspace, now: now)
      else {
        return Response(
          status: .notFound,
          headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
          body: .init(byteBuffer: ByteBuffer(string: "This link has expired.\n"))
        )
      }
      return Response(
        status: .ok,
        headers: [
          .contentType: "text/calendar; charset=utf-8",
          .contentDisposition: "attachment; filename=\"\(file.name)\"",
          .cacheControl: "no-store",
        ],
        body: .init(byteBuffer: ByteBuffer(string: file.content))
      )
    }
  }
}
