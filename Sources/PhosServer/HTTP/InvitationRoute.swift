import CalendarCore
import CalendarService
import Foundation
import HTTPTypes
import Hummingbird

/// `GET /ics/…`: an event's .ics by its signed, expiring address.
struct InvitationRoute {
  let invitations: SharedInvitations

  func add(to router: Router<WebContext>) {
    router.get("ics/:path") { _, context in
      guard let path = context.parameters.get("path"),
        let file = try await invitations.file(at: path)
      else {
        return Response(
          status: .notFound,
          headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
          body: .init(byteBuffer: ByteBuffer(string: Messages.linkExpired + "\n"))
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
