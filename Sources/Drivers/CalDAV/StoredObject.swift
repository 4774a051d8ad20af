import CalendarCore
import HTTPTypes
import ICalendar
import ProviderKit

/// A calendar object as a server has it.
struct StoredObject: Sendable {
  var address: WebAddress
  /// The strong entity tag; nil for a weak one, which never matches in If-Match (RFC 9110 §13.1.1).
  var etag: String?
  /// The iCalendar text as it came.
  var source: [UInt8]
  var resource: EventResource

  init(address: WebAddress, etag: String?, source: [UInt8]) throws(ProviderError) {
    self.address = address
    self.etag = etag.flatMap { $0.hasPrefix("W/") ? nil : $0 }
    self.source = source
    resource = try EventResource(source)
  }
}

extension CalDAVClient {
  /// Reads a calendar object resource; `.notFound` or `.gone` when its calendar is there and it is not.
  func object(_ address: WebAddress) async throws(ProviderError) -> StoredObject {
    let response = try await send(
      "GET",
      address.text,
      headers: [.accept: "text/calendar"],
      answerLimit: EventResource.largest
    )
    guard response.isSuccess else { throw try await error(response, at: address) }
    return try StoredObject(
      address: address,
      etag: response.headers[values: .eTag].first,
      source: response.body
    )
  }

  /// Writes a calendar object resource over the version of `etag`.
  ///
  /// `.conflict` tells the etag of what is there instead; `.notFound` or `.gone` when nothing is.
  func replace(
    _ address: WebAddress,
    etag: String?,
    with source: [UInt8]
  ) async throws(ProviderError) -> StoredObject {
    var headers: HTTPFields = [.contentType: "text/calendar; charset=utf-8"]
    headers[.ifMatch] = etag
    let response = try await send("PUT", address.text, headers: headers, body: source)
    if response.status == 412 {
      throw .conflict(etag: try await object(address).etag)
    }
    guard response.isSuccess else { throw try await error(response, at: address) }
    return try await settled(
      StoredObject(address: address, etag: response.headers[values: .eTag].first, source: source)
    )
  }

  /// The object that was just written, as the server has it now.
  ///
  /// A server that changed what it stored, to schedule it, keeps the etag to itself until it is asked. If it then does
  /// not tell, the meeting is there all the same: an error here would say that it is not.
  func settled(_ written: StoredObject) async -> StoredObject {
    guard written.etag == nil, let told = try? await object(written.address) else { return written }
    return told
  }

  /// The meaning of an error about a calendar object, which a server that has lost the calendar reports as a missing
  /// object or a missing parent (RFC 4918 §9.7.1).
  func error(_ response: ProviderResponse, at address: WebAddress) async throws(ProviderError)
    -> ProviderError
  {
    try await isCalendarMissing(response, at: address)
      ? .calendarMissing : error(response)
  }

  /// Whether a request about an object failed because its calendar isn't there.
  func isCalendarMissing(
    _ response: ProviderResponse,
    at address: WebAddress
  ) async throws(ProviderError) -> Bool {
    guard [404, 409, 410].contains(response.status), let calendar = address.resolving("./") else {
      return false
    }
    return [404, 410].contains(try await propfind(calendar, depth: 0).status)
  }

  func delete(_ address: WebAddress, etag: String? = nil) async throws(ProviderError) {
    var headers: HTTPFields = [:]
    headers[.ifMatch] = etag
    let response = try await send("DELETE", address.text, headers: headers)
    guard response.status != 412 else { throw .conflict(etag: nil) }
    guard response.isSuccess else { throw error(response) }
  }
}
