import Foundation
import JSONModel
import Synchronization

/// One call on one calendar.
struct EventCall {
  let emulator: GoogleEmulator
  let request: EmulatorRequest
  let body: JSON
  let calendar: GoogleCalendar
  let behaviour: ConferenceBehaviour

  typealias Outcome = (response: EmulatorResponse, changed: GoogleCalendar?)
  private static let limit = 50_000

  func perform(_ operation: GoogleOperation, eventID: String) throws(GoogleError) -> Outcome {
    switch operation {
    case .insertEvent: return try insert()
    case .importEvent: return try importEvent()
    case .getEvent: return (try get(eventID), nil)
    case .listEvents:
      return (
        try EventList(request: request, calendar: calendar, home: emulator.home.withLock(\.self)).response(),
        nil
      )
    case .listInstances: return (try instances(of: eventID), nil)
    case .patchEvent: return try change(eventID, replacing: false)
    case .updateEvent: return try change(eventID, replacing: true)
    case .deleteEvent: return try delete(eventID)
    case .getCalendar: return (.json(CalendarResource.calendar(calendar.account)), nil)
    case .getCalendarListEntry: return (.json(CalendarResource.listEntry(calendar.account)), nil)
    case .watchEvents, .stopChannel, .listCalendars, .sendMessage, .authorize, .token, .revoke, .userInfo,
      .showEvent, .notEmulated,
      .unknown:
      throw .notFound
    }
  }

  private func get(_ id: String) throws(GoogleError) -> EmulatorResponse {
    guard let event = calendar.event(id) else { throw .notFound }
    if request.headers["if-none-match"] == event.etag {
      return EmulatorResponse(status: 304, headers: ["ETag": event.etag])
    }
    return try response(event, in: calendar)
  }

  private func instances(of id: String) throws(GoogleError) -> EmulatorResponse {
    guard let event = calendar.event(id) else { throw .notFound }
    guard let series = RecurringEvent(event) else {
      throw .notEmulated("instances of an event that has none")
    }
    return try EventList(
      request: request,
      calendar: calendar,
      home: emulator.home.withLock(\.self),
      series: series
    ).response()
  }

  private func insert() throws(GoogleError) -> Outcome {
    let options = try WriteOptions(request)
    try checkRoom()
    if body["status"] == "cancelled" { throw .notEmulated("inserting a cancelled event") }
    let (id, uid) = try identity()
    let now = emulator.clock()
    var event = StoredEvent(id: id, iCalUID: uid, fields: [:], created: now, updated: now)
    event.fields = try fields(EventFields.writable(body), over: nil, options)
    // The client may begin above zero when it moves a meeting that others already know.
    event.sequence = event.fields["sequence"]?.integer ?? 0
    try setConference(of: &event, over: nil, options)
    var changed = calendar
    event = emulator.store(event, in: &changed)
    GuestMail(calendar: changed, emulator: emulator).announce(event, to: options.sendUpdates)
    return (try response(event, in: changed), changed)
  }

  /// The id and the iCalUID of a new event: at most one of them chosen by the caller, neither ever used before.
  private func identity() throws(GoogleError) -> (id: String, uid: String) {
    let id = body["id"]?.string
    let uid = body["iCalUID"]?.string
    if let json = body["id"], json != .null, id == nil { throw .invalid("Invalid resource id value.") }
    if id != nil, uid != nil { throw .invalid("Only one of id and iCalUID may be given.") }
    if let id {
      // Base32hex without padding, lower case (RFC 2938 §3.1.2); 5 to 1024 characters.
      let isBase32Hex = id.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "v")).contains(byte)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      }
      guard isBase32Hex, (5...1024).contains(id.utf8.count) else {
        throw .invalid("Invalid resource id value.")
      }
      // Deleted events keep their ids.
      guard calendar.events[id] == nil else { throw .duplicate }
    }
    if let uid {
      try checkUID(uid)
      guard !calendar.events.values.contains(where: { $0.iCalUID == uid }) else { throw .duplicate }
    }
    let chosen = id ?? String(emulator.identifiers().prefix(26))
    return (chosen, uid ?? "\(chosen)@google.com")
  }

  func checkUID(_ uid: String) throws(GoogleError) {
    guard (1...1024).contains(uid.utf8.count), uid.unicodeScalars.allSatisfy({ $0.value >= 0x20 }) else {
      throw .invalid("Invalid iCalUID value.")
    }
  }

  /// Refuses another event or exception in a calendar that is full.
  func checkRoom(for event: StoredEvent? = nil) throws(GoogleError) {
    if let event, calendar.events[event.id] != nil { return }
    guard calendar.events.count < Self.limit else {
      throw GoogleError(
        status: 403,
        reason: "quotaExceeded",
        message: "Calendar usage limits exceeded.",
        domain: "usageLimits"
      )
    }
  }

  /// `abc-defg-hij`, as Meet writes its codes.
  static func meetingCode(from identifier: String) -> String {
    let letters = identifier.utf8.prefix(10).map { byte in
      String(UnicodeScalar(UInt8(ascii: "a") + (byte &* 7) % 26))
    }.joined()
    return "\(letters.prefix(3))-\(letters.dropFirst(3).prefix(4))-\(letters.dropFirst(7))"
  }
}
