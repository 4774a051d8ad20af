/// An attendee's answer to an invitation.
public struct AttendeeAnswer: Sendable, Hashable, Codable {
  /// The attendee's email address.
  public let address: String
  /// The answer (PARTSTAT).
  public let status: Attendee.ParticipationStatus
  /// The addresses of those who come instead (DELEGATED-TO).
  public let delegates: [String]
  /// The addresses of those in whose stead the attendee comes (DELEGATED-FROM).
  public let delegators: [String]
  /// The address of who answered for the attendee (SENT-BY).
  public let sentBy: String?
  /// A word to the organizer.
  public let comment: String?
  /// The revision of the event that was answered, and when.
  public let revision: Revision

  init(_ attendee: Attendee, _ message: MessageComponent, _ revision: Revision) {
    address = attendee.user.address
    status = attendee.participationStatus
    delegates = attendee.addresses("DELEGATED-TO")
    delegators = attendee.addresses("DELEGATED-FROM")
    sentBy = attendee.user.sentBy
    comment = message.comment
    self.revision = revision
  }
}

extension Attendee.ParticipationStatus: Codable {}

extension Attendee {
  /// The addresses in a parameter such as DELEGATED-TO, without "mailto:".
  func addresses(_ name: String) -> [String] {
    otherParameters.filter { $0.name.uppercased() == name }.flatMap(\.values).map {
      CalendarAddress.mailAddress(of: $0)
    }
  }

  /// Sets a parameter such as DELEGATED-TO; no address removes it.
  mutating func setAddresses(_ name: String, _ addresses: [String]) {
    // In its place, so that to settle an answer twice is to settle it once.
    let index = otherParameters.firstIndex { $0.name.uppercased() == name }
    otherParameters.removeAll { $0.name.uppercased() == name }
    guard !addresses.isEmpty else { return }
    let parameter = ContentLine.Parameter(name, addresses.map { CalendarUser(address: $0).uri })
    otherParameters.insert(parameter, at: index ?? otherParameters.endIndex)
  }

  /// Takes over an answer; an answer other than `delegated` takes an earlier delegation back.
  mutating func take(_ answer: AttendeeAnswer) {
    participationStatus = answer.status
    setAddresses("DELEGATED-TO", answer.status == .delegated ? answer.delegates : [])
    if let sentBy = answer.sentBy { user.sentBy = sentBy }
  }
}
