/// Someone who is asked to an event (RFC 5545 §3.8.4.1).
public struct Attendee: Sendable, Hashable {
  /// Who it is.
  public var user: CalendarUser
  /// The attendee's part in the event (ROLE).
  public var role: Role {
    didSet { removeUnknown("ROLE") }
  }
  /// The answer so far (PARTSTAT).
  public var participationStatus: ParticipationStatus {
    didSet { removeUnknown("PARTSTAT") }
  }
  /// Whether an answer is asked for (RSVP).
  public var expectsReply: Bool
  /// The kind of user (CUTYPE).
  public var userType: UserType? {
    didSet { removeUnknown("CUTYPE") }
  }
  /// Who sends the invitation (RFC 6638 §7.1); nil leaves it to the server.
  public var scheduleAgent: ScheduleAgent? {
    didSet { removeUnknown("SCHEDULE-AGENT") }
  }
  /// Parameters that have no property here, such as DELEGATED-TO, or a value that is not known here.
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

  /// Removes the value of a parameter that was not known, since one that is has been set.
  private mutating func removeUnknown(_ name: String) {
    if !otherParameters.isEmpty { otherParameters.removeAll { $0.name.uppercased() == name } }
  }

  /// An attendee's part in an event (RFC 5545 §3.2.16).
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
    /// The attendee delegated their participation to another person.
    case delegated = "DELEGATED"
  }

  /// The kind of user that an attendee is (RFC 5545 §3.2.3).
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
    /// The calendar server.
    case server = "SERVER"
    /// The program that stores the event.
    case client = "CLIENT"
    /// Nobody.
    case nobody = "NONE"
  }
}

extension Attendee {
  /// Reads an ATTENDEE; a value that is not known stays in `otherParameters`.
  init(_ line: ContentLine) {
    var role = Role.required
    var participationStatus = ParticipationStatus.needsAction
    var expectsReply = false
    var (userType, scheduleAgent): (UserType?, ScheduleAgent?)
    var kept: [ContentLine.Parameter] = []
    var (commonName, email, sentBy): (String?, String?, String?)
    // EMAIL as it is there, and before which of the others.
    var emailParameter: (parameter: ContentLine.Parameter, index: Int)?
    line.forEachParameter { name, values in
      func isNamed(_ text: StaticString) -> Bool { line.octets.span.isEqual(name, text) }
      var isKnown = true
      if isNamed("CN") {
        commonName = commonName ?? line.firstValue(in: values)
      } else if isNamed("ROLE") {
        isKnown = line.read(values, into: &role)
      } else if isNamed("PARTSTAT") {
        isKnown = line.read(values, into: &participationStatus)
      } else if isNamed("RSVP") {
        expectsReply = line.octets.span.isEqual(values, "TRUE")
        isKnown = expectsReply
      } else if isNamed("CUTYPE") {
        isKnown = line.read(values, into: &userType)
      } else if isNamed("SCHEDULE-AGENT") {
        isKnown = line.read(values, into: &scheduleAgent)
      } else if isNamed("SENT-BY") {
        sentBy = sentBy ?? line.firstValue(in: values)
      } else if isNamed("EMAIL"), email == nil {
        email = line.firstValue(in: values)
        emailParameter = (line.parameter(name, values), kept.count)
      } else {
        isKnown = false
      }
      if !isKnown { kept.append(line.parameter(name, values)) }
      return true
    }
    let user = CalendarUser(line, email: email, commonName: commonName, sentBy: sentBy)
    if let emailParameter, user.serverURI == nil {
      kept.insert(emailParameter.parameter, at: emailParameter.index)
    }
    self.init(
      user: user,
      role: role,
      participationStatus: participationStatus,
      expectsReply: expectsReply,
      userType: userType,
      scheduleAgent: scheduleAgent,
      otherParameters: kept
    )
  }

  /// The ATTENDEE property.
  var line: ContentLine {
    var lines = LineAssembler(capacity: 128)
    write(to: &lines)
    return lines.lines.first(.attendee) ?? ContentLine("ATTENDEE", value: user.uri)
  }

  func write(to lines: inout LineAssembler) {
    lines.begin(.attendee)
    user.writeParameters(to: &lines)
    // A value that is not known here was kept, and must not be said twice.
    func isKept(_ name: String) -> Bool {
      !otherParameters.isEmpty && otherParameters.contains { $0.name.uppercased() == name }
    }
    if let userType, !isKept("CUTYPE") { lines.parameter("CUTYPE", word: userType.rawValue) }
    if !isKept("ROLE") { lines.parameter("ROLE", word: role.rawValue) }
    if !isKept("PARTSTAT") { lines.parameter("PARTSTAT", word: participationStatus.rawValue) }
    if expectsReply { lines.parameter("RSVP", word: "TRUE") }
    if let scheduleAgent, !isKept("SCHEDULE-AGENT") {
      lines.parameter("SCHEDULE-AGENT", word: scheduleAgent.rawValue)
    }
    for parameter in otherParameters where !(expectsReply && parameter.name.uppercased() == "RSVP") {
      lines.parameter(parameter)
    }
    lines.end(user: user)
  }
}

extension ContentLine {
  /// The enumeration's case whose word is the value; letter case does not count.
  func word<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type, in range: Range<Int>? = nil)
    -> Word?
  {
    let range = range ?? valueRange
    return type.allCases.first { octets.span.isEqual(range, ignoringCase: $0.rawValue) }
  }

  fileprivate func read<Word: RawRepresentable<String> & CaseIterable>(
    _ range: Range<Int>,
    into value: inout Word
  ) -> Bool {
    guard let read = word(Word.self, in: range) else { return false }
    value = read
    return true
  }

  fileprivate func read<Word: RawRepresentable<String> & CaseIterable>(
    _ range: Range<Int>,
    into value: inout Word?
  ) -> Bool {
    guard let read = word(Word.self, in: range) else { return false }
    value = read
    return true
  }
}

/// Who sends an attendee's invitation, see `Attendee`.
public typealias ScheduleAgent = Attendee.ScheduleAgent
