import CalendarCore
import ProviderKit

/// One look into an inbox.
struct InboxScan {
  private let conversation: IMAPConversation

  /// How many mails one look goes over, and how many files it brings.
  static let maximumMails = 200
  static let maximumFiles = 50

  init(_ conversation: IMAPConversation) { self.conversation = conversation }

  func findings(after last: InboxPosition?) throws(ProviderError) -> InboxScanResult {
    // Read-only: nothing is marked as seen, and nothing as recent no more (RFC 3501 §6.3.2).
    let opened = try conversation.command("EXAMINE INBOX")
    guard let validity = opened.lazy.compactMap({ $0.code("UIDVALIDITY") }).first else {
      throw .malformedReply(reason: Messages.noUIDValidity)
    }
    // A mailbox with a new UIDVALIDITY counts as a new mailbox.
    let known = last.flatMap { $0.validity == validity ? $0 : nil }
    var position = known ?? InboxPosition(validity: validity, uid: 0)
    var hasMore = false
    let mails: [Mail]
    if let known {
      let new = try uids(after: known.uid)
      hasMore = new.count > Self.maximumMails
      let looked = new.prefix(Self.maximumMails)
      guard let newest = looked.last else { return findings([], position, hasMore: false) }
      mails = try structures(of: "UID FETCH \(looked.map(String.init).joined(separator: ","))")
      position.uid = newest
    } else {
      let count = opened.lazy.compactMap(Self.count).first ?? 0
      guard count > 0 else { return findings([], position, hasMore: false) }
      mails = try structures(of: "FETCH \(max(1, count - Self.maximumMails + 1)):*")
      position.uid = mails.map(\.uid).max() ?? 0
    }
    var files: [String] = []
    for mail in mails.sorted(by: { $0.uid < $1.uid }) {
      guard let part = mail.part else { continue }
      guard files.count < Self.maximumFiles else {
        return findings(files, InboxPosition(validity: validity, uid: mail.uid - 1), hasMore: true)
      }
      if let file = try file(part, of: mail.uid) { files.append(file) }
    }
    return findings(files, position, hasMore: hasMore)
  }

  private func findings(_ files: [String], _ position: InboxPosition, hasMore: Bool) -> InboxScanResult {
    // Whether the server hears the farewell makes no difference.
    _ = try? conversation.command("LOGOUT")
    return InboxScanResult(files: files, position: "\(position)", hasMore: hasMore)
  }

  private struct Mail {
    let uid: UInt32
    let part: CalendarPart?
  }

  /// From `* 23 EXISTS`.
  private static func count(_ response: IMAPResponse) -> Int? {
    guard let parts = response.parts(), parts.count == 2, parts[1].word == "EXISTS" else { return nil }
    return parts[0].number
  }

  /// In their order; asked for what comes after the last mail, a server answers with the last one.
  private func uids(after last: UInt32) throws(ProviderError) -> [UInt32] {
    guard last < .max else { return [] }
    let answer = try conversation.command("UID SEARCH UID \(last + 1):*")
    let numbers = answer.flatMap { response -> [UInt32] in
      guard let parts = response.parts(), parts.first?.word == "SEARCH" else { return [] }
      return parts.dropFirst().compactMap { $0.number.flatMap(UInt32.init(exactly:)) }
    }
    return Set(numbers.filter { $0 > last }).sorted()
  }

  /// A structure that makes no sense is one without a calendar.
  private func structures(of command: String) throws(ProviderError) -> [Mail] {
    try conversation.command("\(command) (UID BODYSTRUCTURE)").compactMap { response in
      guard let items = Self.items(of: response),
        let uid = items["UID"]?.number.flatMap(UInt32.init(exactly:)),
        uid > 0, let structure = items["BODYSTRUCTURE"]
      else { return nil }
      return Mail(uid: uid, part: CalendarPart(in: structure))
    }
  }

  /// Nil when it is gone by now, or no text.
  private func file(_ part: CalendarPart, of uid: UInt32) throws(ProviderError) -> String? {
    let answer = try conversation.command("UID FETCH \(uid) (UID BODY.PEEK[\(part.section)])")
    for response in answer {
      guard let items = Self.items(of: response), items["UID"]?.number == Int(uid),
        let octets = items["BODY[\(part.section)]"]?.octets
      else { continue }
      return part.text(octets)
    }
    return nil
  }

  /// From `* 12 FETCH (UID 7 …)`.
  private static func items(of response: IMAPResponse) -> [String: IMAPValue]? {
    guard let parts = response.parts(), parts.count == 3, parts[1].word == "FETCH",
      let values = parts[2].values
    else { return nil }
    var items: [String: IMAPValue] = [:]
    for index in stride(from: 0, to: values.count - 1, by: 2) {
      if let name = values[index].word { items[name] = values[index + 1] }
    }
    return items
  }
}
