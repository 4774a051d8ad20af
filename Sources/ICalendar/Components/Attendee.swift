/// Someone who is asked to an event (RFC 5545 §3.8.4.1).
public struct Attendee: Sendable, Hashable {
  /// Who it is.
  public var user: CalendarUser
  /// What the attendee is needed for (ROLE).
  public var role: Role
  /// The answer so far (PARTSTAT).
  public var participationStatus: ParticipationStatus
  /// Whether an answer is asked for (RSVP).
  public var expectsReply: Bool
  /// What kind of user it is (CUTYPE).
  public var userType: UserType?
  /// Who sends the invitation (RFC 6638 §7.1); nil leaves it to the server.
  public var scheduleAgent: ScheduleAgent?
  /// Parameters that have no property here, such as DELEGATED-TO.
  public var otherParameters: [ContentLine.Parameter]

  /// Makes an attendee, by default a required one who has not answered and is asked to.
  public init(
    user: CalendarUser,
    role: Role = .required,
    participationStatus: ParticipationStatus = .needsAction,
    expectsReply: Bool = true,
    userType: UserType? = nil,
    scheduleAgent: ScheduleAgent? = nil,
    otherParameters: [ContentLine.Parameter] = []
  ) {
    self.user = user
    self.role = role
    self.participationStatus = participationStatus
    self.expectsReply = expectsReply
    self.userType = userType
    self.scheduleAgent = scheduleAgent
    self.otherParameters = otherParameters
  }

  /// What an attendee is needed for (RFC 5545 §3.2.16).
  public enum Role: String, Sendable, Hashable, CaseIterable {
    /// Leads the meeting.
    case chair = "CHAIR"
    /// Is needed.
    case required = "REQ-PARTICIPANT"
    /// Is welcome.
    case optional = "OPT-PARTICIPANT"
    /// Is told only.
    case nonParticipant = "NON-PARTICIPANT"
  }

  /// An attendee's answer to an event (RFC 5545 §3.2.12).
  public enum ParticipationStatus: String, Sendable, Hashable, CaseIterable {
    /// None yet.
    case needsAction = "NEEDS-ACTION"
    /// Yes.
    case accepted = "ACCEPTED"
    /// No.
    case declined = "DECLINED"
    /// Perhaps.
    case tentative = "TENTATIVE"
    /// Somebody else comes.
    case delegated = "DELEGATED"
  }

  /// What kind of user an attendee is (RFC 5545 §3.2.3).
  public enum UserType: String, Sendable, Hashable, CaseIterable {
    /// A person.
    case individual = "INDIVIDUAL"
    /// Several persons.
    case group = "GROUP"
    /// A thing.
    case resource = "RESOURCE"
    /// A room.
    case room = "ROOM"
    /// Not known.
    case unknown = "UNKNOWN"
  }

  /// Who sends an attendee's invitation (RFC 6638 §7.1).
  public enum ScheduleAgent: String, Sendable, Hashable, CaseIterable {
    /// The CalDAV server.
    case server = "SERVER"
    /// The program that stores the event.
    case client = "CLIENT"
    /// Nobody.
    case nobody = "NONE"
  }
}

extension Attendee {
  /// Reads an ATTENDEE; a value that is not known is as if it were not given.
  init(_ line: ContentLine) {
    user = CalendarUser(line)
    role = Self.value("ROLE", of: line) ?? .required
    participationStatus = Self.value("PARTSTAT", of: line) ?? .needsAction
    expectsReply = line.parameter("RSVP")?.uppercased() == "TRUE"
    userType = Self.value("CUTYPE", of: line)
    scheduleAgent = Self.value("SCHEDULE-AGENT", of: line)
    let own: Set<String> = ["CN", "SENT-BY", "ROLE", "PARTSTAT", "RSVP", "CUTYPE", "SCHEDULE-AGENT"]
    otherParameters = line.parameters.filter { !own.contains($0.name.uppercased()) }
  }

  /// The ATTENDEE property.
  var line: ContentLine {
    var parameters = user.parameters
    if let userType { parameters.append(.init("CUTYPE", userType.rawValue)) }
    parameters.append(.init("ROLE", role.rawValue))
    parameters.append(.init("PARTSTAT", participationStatus.rawValue))
    if expectsReply { parameters.append(.init("RSVP", "TRUE")) }
    if let scheduleAgent { parameters.append(.init("SCHEDULE-AGENT", scheduleAgent.rawValue)) }
    return ContentLine("ATTENDEE", parameters: parameters + otherParameters, value: user.uri)
  }

  private static func value<Value: RawRepresentable<String>>(_ name: String, of line: ContentLine) -> Value? {
    line.parameter(name).flatMap { Value(rawValue: $0.uppercased()) }
  }
}

/// Who sends an attendee's invitation, see `Attendee`.
public typealias ScheduleAgent = Attendee.ScheduleAgent
