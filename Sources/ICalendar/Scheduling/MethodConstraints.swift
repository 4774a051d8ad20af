/// The properties that the events of a message may hold: the tables of RFC 5546 §3.2.1 to §3.2.8.
struct MethodConstraints {
  /// The section of the table.
  let section: String
  /// Whether the message is about one event only.
  var isSingle = false
  /// Properties that are there exactly once.
  let required: [String]
  /// Whether ATTENDEE is there at least once.
  var needsAttendees = false
  /// Properties that are not there.
  let forbidden: [String]
  /// Whether there may be alarms.
  var allowsAlarms = false
  /// The values of STATUS, where there is a choice.
  var statuses: Set<String> = ["TENTATIVE", "CONFIRMED", "CANCELLED"]

  /// Properties that are there at most once, whatever the method.
  static let atMostOnce = [
    "CLASS", "CREATED", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "DURATION", "GEO", "LAST-MODIFIED",
    "LOCATION", "ORGANIZER", "PRIORITY", "RECURRENCE-ID", "RRULE", "SEQUENCE", "STATUS", "SUMMARY", "TRANSP",
    "UID", "URL",
  ]

  /// Components beside which no event may be.
  static let foreignComponents = ["VTODO", "VJOURNAL", "VFREEBUSY"]

  /// All that makes up an event, where only a reference to one is wanted.
  private static let content = [
    "ATTACH", "CATEGORIES", "CLASS", "CONTACT", "CREATED", "DESCRIPTION", "DTEND", "DTSTART", "DURATION",
    "EXDATE",
    "GEO", "LAST-MODIFIED", "LOCATION", "PRIORITY", "RDATE", "RELATED-TO", "RESOURCES", "RRULE", "STATUS",
    "SUMMARY",
    "TRANSP", "URL",
  ]

  init(_ method: Method) {
    self =
      switch method {
      case .publish:
        MethodConstraints(
          section: "3.2.1",
          required: ["DTSTAMP", "DTSTART", "ORGANIZER", "SUMMARY", "UID"],
          forbidden: ["ATTENDEE", "REQUEST-STATUS"],
          allowsAlarms: true
        )
      case .request:
        MethodConstraints(
          section: "3.2.2",
          required: ["DTSTAMP", "DTSTART", "ORGANIZER", "SUMMARY", "UID"],
          needsAttendees: true,
          forbidden: ["REQUEST-STATUS"],
          allowsAlarms: true,
          statuses: ["TENTATIVE", "CONFIRMED"]
        )
      case .reply:
        MethodConstraints(
          section: "3.2.3",
          required: ["ATTENDEE", "DTSTAMP", "ORGANIZER", "UID"],
          forbidden: []
        )
      case .add:
        MethodConstraints(
          section: "3.2.4",
          isSingle: true,
          required: ["DTSTAMP", "DTSTART", "ORGANIZER", "SEQUENCE", "SUMMARY", "UID"],
          forbidden: ["RECURRENCE-ID", "REQUEST-STATUS"],
          allowsAlarms: true,
          statuses: ["TENTATIVE", "CONFIRMED"]
        )
      case .cancel:
        MethodConstraints(
          section: "3.2.5",
          required: ["DTSTAMP", "ORGANIZER", "SEQUENCE", "UID"],
          forbidden: ["REQUEST-STATUS"],
          statuses: ["CANCELLED"]
        )
      case .refresh:
        MethodConstraints(
          section: "3.2.6",
          isSingle: true,
          required: ["ATTENDEE", "DTSTAMP", "ORGANIZER", "UID"],
          forbidden: Self.content + ["REQUEST-STATUS", "SEQUENCE"]
        )
      case .counter:
        MethodConstraints(
          section: "3.2.7",
          isSingle: true,
          required: ["DTSTAMP", "DTSTART", "ORGANIZER", "SEQUENCE", "SUMMARY", "UID"],
          needsAttendees: true,
          forbidden: [],
          allowsAlarms: true
        )
      case .declineCounter:
        // ATTENDEE is left alone: the RFC's own example of the method has one.
        MethodConstraints(
          section: "3.2.8",
          isSingle: true,
          required: ["DTSTAMP", "ORGANIZER", "UID"],
          forbidden: Self.content
        )
      }
  }

  private init(
    section: String,
    isSingle: Bool = false,
    required: [String],
    needsAttendees: Bool = false,
    forbidden: [String],
    allowsAlarms: Bool = false,
    statuses: Set<String> = ["TENTATIVE", "CONFIRMED", "CANCELLED"]
  ) {
    self.section = section
    self.isSingle = isSingle
    self.required = required
    self.needsAttendees = needsAttendees
    self.forbidden = forbidden
    self.allowsAlarms = allowsAlarms
    self.statuses = statuses
  }
}
