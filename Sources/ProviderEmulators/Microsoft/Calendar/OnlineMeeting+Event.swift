import Foundation
import JSONModel

/// The rules by which an event gets, keeps and loses its Teams meeting.
extension OnlineMeeting {
  /// Applies a write to the online meeting of an event.
  ///
  /// Once created, a meeting stays, whatever is written to `isOnlineMeeting`; only a body without its block removes it.
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

  /// Whether a text contains the block that identifies the meeting: its words, and the link in any spelling.
  func isIn(_ body: JSON?) -> Bool {
    let content = body?["content"]?.string ?? ""
    return TeamsBlock.words(content).contains(TeamsBlock.words(block))
      && TeamsBlock.links(block).isSubset(of: TeamsBlock.links(content))
  }

  /// The event once its meeting is created, with the block below the text.
  func made(in meeting: StoredMeeting) -> StoredMeeting {
    var meeting = meeting
    meeting.onlineMeeting?.isReady = true
    let content = meeting.fields["body"]?["content"]?.string ?? ""
    meeting.fields["body"] = ["content": .string(content + block)]
    return meeting
  }

  private var block: String { TeamsBlock(form ?? .usual, joinURL).html }

  /// A link in the form of Teams' own.
  static func url(_ identifier: String, organizer: String) -> String {
    let context = "%7b%22Tid%22%3a%22\(MicrosoftEmulator.tenant)%22%2c%22Oid%22%3a%22\(organizer)%22%7d"
    return
      "https://teams.microsoft.com/l/meetup-join/19%3ameeting_\(identifier)%40thread.v2/0?context=\(context)"
  }
}
