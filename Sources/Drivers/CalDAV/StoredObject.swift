import CalendarCore
import ICalendar
import ProviderKit

/// A calendar object as a server has it.
struct StoredObject: Sendable {
  var address: WebAddress
  var etag: String?
  var object: CalendarObject
}

extension CalDAVClient {
  /// Reads a calendar object resource; `.notFound` or `.gone` when it is not there.
  func object(_ address: WebAddress) async throws(ProviderError) -> StoredObject {
    let response = try await send("GET", address.text, headers: ["Accept": "text/calendar"])
    guard response.isSuccess else { throw error(response) }
    do {
      let object = try CalendarObject.parse(response.body)
      return StoredObject(address: address, etag: response.headers["ETag"], object: object)
    } catch {
      throw .malformedReply(reason: "The stored event cannot be read.")
    }
  }
}

extension ProviderEvent {
  init(_ stored: StoredObject) throws(ProviderError) {
    guard let event = stored.object.master else {
      throw .malformedReply(reason: "The stored object holds no event.")
    }
    let link = event.conferenceLink.flatMap { try? ConferenceLink($0) }
    self.init(
      externalID: stored.address.text,
      iCalUID: event.uid,
      etag: stored.etag,
      sequence: event.sequence,
      conference: link.map { .success(Conference(link: $0.text)) }
    )
  }
}
