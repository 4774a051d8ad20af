import CalDAVDriver
import CalendarCore
import DriverTestSupport
import Foundation
import HTTPTypes
import ICalendar
import ProviderKit

/// A server with a calendar, and events in it.
struct DAVFixture: Sendable {
  let server: RealServer
  let calendar: String
  let session: AccountSession

  static func run(
    _ program: RealServer.Program,
    losing losses: [String: Int] = [:],
    _ body: (DAVFixture) async throws -> Void
  ) async throws {
    try await RealServer.run(program, losing: losses) { server in
      let (calendar, session) = try await server.calendar()
      try await body(DAVFixture(server: server, calendar: calendar, session: session))
    }
  }

  func create(_ edit: (inout ProviderEventDraft) throws -> Void = { _ in }) async throws -> Made {
    var draft = try Samples.draft(calendar: calendar)
    try edit(&draft)
    return Made(draft: draft, event: try await server.provider.createEvent(draft, session: session))
  }

  struct Made: Sendable {
    var draft: ProviderEventDraft
    var event: ProviderEvent

    func reference(_ start: String? = nil) throws -> ProviderEventReference {
      ProviderEventReference(
        calendarExternalID: draft.calendarExternalID,
        eventID: draft.eventID,
        externalID: event.externalID,
        originalStart: try start.map(Samples.start)
      )
    }
  }

  func read(_ made: Made, _ start: String? = nil) async throws -> ProviderEvent {
    try await server.provider.event(made.reference(start), session: session)
  }

  /// Reads, and changes what was read.
  @discardableResult
  func change(
    _ made: Made,
    _ start: String? = nil,
    _ fields: Set<EventField> = [],
    conference: ConferenceChange? = nil,
    _ edit: (inout EventContent) throws -> Void = { _ in }
  ) async throws -> ProviderEvent {
    let current = try await read(made, start)
    let change = try Samples.change(of: current, fields, conference: conference, edit)
    return try await server.provider.updateEvent(
      made.reference(start),
      current: current,
      change: change,
      session: session
    )
  }

  func delete(_ made: Made, _ start: String? = nil) async throws {
    try await server.provider.deleteEvent(made.reference(start), notifyAttendees: true, session: session)
  }

  /// The lines of the VEVENTs as they are stored, one list each, the series first.
  func lines(_ made: Made) async throws -> [[String]] {
    let text = try await server.stored(made.event)
    let events = text.components(separatedBy: "BEGIN:VEVENT\n").dropFirst().map { part in
      part.components(separatedBy: "END:VEVENT")[0].split(separator: "\n").map(String.init)
    }
    let isOccurrence = { (lines: [String]) in lines.contains { $0.hasPrefix("RECURRENCE-ID") } }
    return events.filter { !isOccurrence($0) } + events.filter(isOccurrence)
  }

  /// Changes the stored text as another program would.
  func edit(_ made: Made, _ edit: (String) -> String) async throws {
    let path = String(made.event.externalID.dropFirst(server.url.count))
    let text = edit(try await server.stored(made.event))
    let response = try await server.request(
      "PUT",
      path,
      headers: [.contentType: "text/calendar; charset=utf-8"],
      body: text.replacing("\n", with: "\r\n")
    )
    guard response.isSuccess else { throw PythonServer.NotStarted(description: "PUT: \(response.status)") }
  }

  /// Adds lines to the event, or to the one of these lines.
  func add(_ lines: String..., to made: Made, at line: String = "UID:") async throws {
    try await edit(made) { text in
      guard let place = text.range(of: line, options: .backwards) else { return text }
      return text.replacingCharacters(
        in: place.lowerBound..<place.lowerBound,
        with: lines.joined(separator: "\n") + "\n"
      )
    }
  }
}
