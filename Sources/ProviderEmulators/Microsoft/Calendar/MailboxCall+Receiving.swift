import Foundation
import JSONModel

/// An invitation by an organizer elsewhere, which Exchange adds to the calendar by itself.
struct IncomingInvitation {
  var organizer: JSON
  /// The UID by which the organizer knows the event; nil for a new one.
  var uid: String?
  var isCancelled: Bool

  init(_ json: JSON) {
    organizer = json["organizer"] ?? .null
    uid = json["iCalUId"]?.string
    isCancelled = json["isCancelled"] == true
  }
}

extension MailboxCall {
  /// Adds an invitation to the calendar, or changes an existing one; the event is the body.
  func receive(_ invitation: IncomingInvitation) throws(MicrosoftError) -> (
    meeting: StoredMeeting, changed: Mailbox
  ) {
    let known = mailbox.meetings.values.first {
      $0.iCalUID == invitation.uid && !$0.isDeleted && $0.seriesKey == nil && $0.organizer != nil
    }
    if known == nil, invitation.isCancelled { throw .notFound }
    let written = try EventProperties.checked(body, over: known)
    var meeting = known ?? newMeeting()
    for (name, value) in written { meeting.fields[name] = value == .null ? nil : value }
    meeting.fields = try whole(meeting.fields, key: meeting.key)
    meeting.fields["isOnlineMeeting"] = false
    if known == nil {
      meeting.organizer = try organizer(invitation.organizer)
      meeting.iCalUID = invitation.uid ?? meeting.iCalUID
    }
    try addOwner(to: &meeting)
    let hasMoved = ["start", "end", "recurrence"].contains { meeting.fields[$0] != known?.fields[$0] }
    if hasMoved {
      // A guest who accepted another time has not accepted this one.
      meeting.response = ["response": "notResponded", "time": "0001-01-01T00:00:00Z"]
      meeting.fields["showAs"] = "tentative"
    }
    if invitation.isCancelled {
      // It stays in the calendar until the owner deletes it.
      meeting.fields["isCancelled"] = true
      meeting.fields["showAs"] = "free"
      meeting.fields["subject"] = .string("Canceled: \(meeting.fields["subject"]?.string ?? "")")
    }
    var changed = mailbox
    return (keep(meeting, over: known ?? meeting, written: [], in: &changed), changed)
  }

  private func organizer(_ json: JSON) throws(MicrosoftError) -> JSON {
    guard let address = json["address"]?.string, EventGuests.isAddress(address),
      address.lowercased() != mailbox.account.email
    else { throw .invalidRequest("An invitation needs an organizer elsewhere.") }
    return ["address": .string(address), "name": json["name"] ?? .string(address)]
  }

  /// Adds the owner to the guests, as the invitation may have come through a mailing list.
  private func addOwner(to meeting: inout StoredMeeting) throws(MicrosoftError) {
    guard !EventAttendees.addresses(of: meeting).contains(mailbox.account.email) else { return }
    let own: JSON = [["emailAddress": MeetingResource.address(mailbox.account)]]
    let list = try EventAttendees.checked(own, over: nil).array ?? []
    meeting.fields["attendees"] = .array(meeting.attendees + list)
  }
}
