import Foundation
import JSONModel

/// How an event gets its Teams meeting, keeps it and loses it.
extension OnlineMeeting {
  /// Settles what a write means for the meeting of an event.
  ///
  /// Once there, a meeting stays, whatever is written into `isOnlineMeeting`; only a body without its block
  /// ends it.
  static func settle(
    _ meeting: inout StoredMeeting,
    over old: StoredMeeting?,
    written: Set<String>,
    account: EmulatorAccount,
    make: () -> OnlineMeeting
  ) throws(MicrosoftError) {
    if let existing = old?.onlineMeeting, old?.isOnline == true {
      let hasLost = existing.isReady && written.contains("body") && !existing.isIn(meeting.fields["body"])
      if !hasLost {
        meeting.onlineMeeting = existing
        meeting.fields["isOnlineMeeting"] = true
        meeting.fields["onlineMeetingProvider"] = "teamsForBusiness"
        return
      }
      (meeting.onlineMeeting, meeting.fields["isOnlineMeeting"]) = (nil, false)
    }
    let provider = meeting.fields["onlineMeetingProvider"]?.string ?? "teamsForBusiness"
    let isWanted = written.contains("isOnlineMeeting") && meeting.isOnline
    if isWanted, meeting.seriesKey != nil { throw .notEmulated("a meeting of one occurrence alone") }
    if isWanted, account.allowsTeams, ["teamsForBusiness", "unknown"].contains(provider) {
      meeting.onlineMeeting = make()
      meeting.fields["onlineMeetingProvider"] = "teamsForBusiness"
    } else {
      meeting.onlineMeeting = nil
      meeting.fields["isOnlineMeeting"] = false
      meeting.fields["onlineMeetingProvider"] = "unknown"
    }
  }

  /// Whether a text has the block by which people find the meeting: its words, and the link in whatever spelling.
  func isIn(_ body: JSON?) -> Bool {
    let content = body?["content"]?.string ?? ""
    return TeamsBlock.words(content).contains(TeamsBlock.words(block))
      && TeamsBlock.links(block).isSubset(of: TeamsBlock.links(content))
  }

  /// The event once the meeting is made: the block stands below the text.
  func made(in meeting: StoredMeeting) -> StoredMeeting {
    var meeting = meeting
    meeting.onlineMeeting?.isReady = true
    let content = meeting.fields["body"]?["content"]?.string ?? ""
    meeting.fields["body"] = ["content": .string(content + block)]
    return meeting
  }

  private var block: String { TeamsBlock(form ?? .usual, joinURL).html }

  /// A link of the form that Teams' links have.
  static func url(_ identifier: String, organizer: String) -> String {
    let context = "%7b%22Tid%22%3a%22\(MicrosoftEmulator.tenant)%22%2c%22Oid%22%3a%22\(organizer)%22%7d"
    return
      "https://teams.microsoft.com/l/meetup-join/19%3ameeting_\(identifier)%40thread.v2/0?context=\(context)"
  }
}
