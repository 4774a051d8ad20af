import Foundation
import JSONModel

/// Responses to an organizer elsewhere.
extension MailboxCall {
  enum Answer: String {
    case accepted, tentativelyAccepted, declined

    /// The participation status in iCalendar (RFC 5545 §3.2.12).
    var participation: String {
      switch self {
      case .accepted: "ACCEPTED"
      case .tentativelyAccepted: "TENTATIVE"
      case .declined: "DECLINED"
      }
    }
  }

  func respond(_ id: String, _ answer: Answer) throws(MicrosoftError) -> Outcome {
    let old = try mailbox.meeting(id)
    guard let organizer = old.organizer?["address"]?.string else {
      throw .invalidRequest(
        """
        Your request can't be completed. You can't respond to this meeting because you're the meeting \
        organizer.
        """
      )
    }
    guard old.fields["isCancelled"] != true else {
      throw .invalidRequest("Your request can't be completed. The meeting has been cancelled.")
    }
    if body["proposedNewTime"] != nil { throw .notEmulated("proposing another time") }
    let comment = try comment()
    let sends = (body.object ?? [:]).first { $0.key.lowercased() == "sendresponse" }?.value ?? true
    guard let sends = sends.bool else { throw EventProperties.mistyped("sendResponse", "Edm.Boolean") }
    if sends, old.fields["responseRequested"] == false {
      throw .invalidRequest(
        "Your request can't be completed. The meeting organizer hasn't requested a response."
      )
    }
    let status: JSON = [
      "response": .string(answer.rawValue),
      "time": .string(MeetingResource.precise(emulator.clock())),
    ]
    var meeting = old
    meeting.response = status
    meeting.fields["showAs"] = answer == .accepted ? "busy" : "tentative"
    meeting.fields["attendees"] = .array(
      old.attendees.map { attendee in
        guard EventAttendees.address(attendee) == mailbox.account.email else { return attendee }
        var attendee = attendee
        attendee["status"] = status
        return attendee
      }
    )
    // A declined event is no longer in the calendar.
    meeting.isDeleted = answer == .declined
    var changed = mailbox
    _ = keep(meeting, over: old, written: [], in: &changed)
    if sends {
      MeetingMail(mailbox: changed, emulator: emulator).reply(
        meeting,
        answer,
        to: organizer,
        comment: comment
      )
    }
    return (EmulatorResponse(status: 202), changed)
  }
}
