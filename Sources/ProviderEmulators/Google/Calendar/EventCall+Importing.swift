import Foundation
import JSONModel

extension EventCall {
  /// `events.import`: creates a private copy of an event whose UID, and perhaps organizer, come from elsewhere.
  ///
  /// No guest is notified.
  func importEvent() throws(GoogleError) -> Outcome {
    let options = try WriteOptions(request)
    guard let uid = body["iCalUID"]?.string else { throw .required("Missing iCalUID.") }
    try checkUID(uid)
    for key in ["id", "originalStartTime", "recurringEventId"] {
      guard body[key] == nil || body[key] == .null else {
        throw .notEmulated("importing an event with \(key)")
      }
    }
    if body["status"] == "cancelled" { throw .notEmulated("importing a cancelled event") }
    let organizer = try ForeignEvent.organizer(body["organizer"], of: calendar.account)
    let old = calendar.events.values.first { $0.iCalUID == uid && $0.recurringEventID == nil }
    if old == nil { try checkRoom() }
    if let old, old.organizer?["email"] != organizer?["email"] || organizer == nil {
      throw .notEmulated("importing over an event that is the calendar's own, or another organizer's")
    }
    if let old, old.isDeleted, !calendar.exceptions(of: old.id).isEmpty {
      throw .notEmulated("importing over a deleted series with exceptions")
    }
    let now = emulator.clock()
    let new = StoredEvent(id: Self.importedID(uid), iCalUID: uid, fields: [:], created: now, updated: now)
    var event = old ?? new
    event.isDeleted = false
    event.organizer = organizer
    event.fields = try fields(EventFields.writable(body), over: old, options)
    try setConference(of: &event, over: old, options)
    event.sequence = event.fields["sequence"]?.integer ?? old?.sequence ?? 0
    if let old, event.sequence < old.sequence { throw .lowSequence }
    var changed = calendar
    (event, _) = keep(event, over: old ?? event, written: [], in: &changed)
    return (try response(event, in: changed), changed)
  }

  /// Derives the id of an imported event from its UID, so that each is imported once.
  private static func importedID(_ uid: String) -> String {
    let digits = Array("0123456789abcdefghijklmnopqrstuv")
    var text = "_"
    var bits = 0
    var count = 0
    for byte in uid.utf8 {
      bits = (bits << 8 | Int(byte)) & 0xFFFF
      count += 8
      while count >= 5 {
        count -= 5
        text.append(digits[(bits >> count) & 31])
      }
    }
    if count > 0 { text.append(digits[(bits << (5 - count)) & 31]) }
    return text
  }
}
