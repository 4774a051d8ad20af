/// Someone or something with a part in an event: a PARTICIPANT (RFC 9073 §7.1).
public struct ParticipantComponent: CalendarComponent {
  /// "PARTICIPANT".
  public static let name = "PARTICIPANT"

  private var content: ComponentContent

  /// Makes a participant.
  public init(uid: String, kind: Kind) {
    content = ComponentContent()
    self.uid = uid
    self.kind = kind
  }

  /// Takes a PARTICIPANT as it was read.
  ///
  /// - Throws: `ICalendarError.unexpectedComponent` when it has another name.
  public init(component: Component) throws(ICalendarError) {
    content = try ComponentContent(component, Self.name)
  }

  /// The PARTICIPANT.
  public var component: Component { content.component(Self.name) }
  /// The lines, in the order in which they are written.
  public var propertyLines: [ContentLine] {
    get { content.lines }
    set { content.lines = newValue }
  }
  /// The components within it.
  public var parts: [Component] {
    get { content.parts }
    set { content.parts = newValue }
  }

  /// The part that a participant has (RFC 9073 §6.2).
  public struct Kind: RawRepresentable, Sendable, Hashable {
    /// Takes part.
    public static let active = Kind(rawValue: "ACTIVE")
    /// Pays for it.
    public static let sponsor = Kind(rawValue: "SPONSOR")
    /// Whom to ask.
    public static let contact = Kind(rawValue: "CONTACT")
    /// Speaks.
    public static let speaker = Kind(rawValue: "SPEAKER")

    /// The word in the property, in upper case.
    public let rawValue: String

    /// Makes a kind of one's own.
    public init(rawValue: String) {
      self.rawValue = rawValue.uppercased()
    }
  }

  /// The identifier within the event; empty where it is missing.
  public var uid: String {
    get { text(.uid) ?? "" }
    set { setText(.uid, newValue) }
  }

  /// The participant's part; nil where it is missing.
  public var kind: Kind? {
    get { text(.participantType).map { Kind(rawValue: $0) } }
    set { setText(.participantType, newValue?.rawValue) }
  }

  /// Which calendar user it is, who is an ATTENDEE as well when they are asked to the event (CALENDAR-ADDRESS).
  public var user: CalendarUser? {
    get { line(.calendarAddress).map { CalendarUser($0) } }
    set { setUser(.calendarAddress, newValue) }
  }

  /// The name or title.
  public var summary: String? {
    get { text(.summary) }
    set { setText(.summary, newValue) }
  }

  /// A longer description.
  public var description: String? {
    get { text(.description) }
    set { setText(.description, newValue) }
  }

  /// A page about the participant.
  public var url: String? {
    get { uri(.url) }
    set { setURI(.url, newValue) }
  }

  /// Where the participant is.
  public var locations: [LocationComponent] {
    get { parts.parts() }
    set { parts.replaceParts(with: newValue) }
  }
}

/// A place: a VLOCATION (RFC 9073 §7.2).
public struct LocationComponent: CalendarComponent {
  /// "VLOCATION".
  public static let name = "VLOCATION"

  private var content: ComponentContent

  /// Makes a place.
  public init(uid: String, title: String? = nil) {
    content = ComponentContent()
    self.uid = uid
    self.title = title
  }

  /// Takes a VLOCATION as it was read.
  ///
  /// - Throws: `ICalendarError.unexpectedComponent` when it has another name.
  public init(component: Component) throws(ICalendarError) {
    content = try ComponentContent(component, Self.name)
  }

  /// The VLOCATION.
  public var component: Component { content.component(Self.name) }
  /// The lines, in the order in which they are written.
  public var propertyLines: [ContentLine] {
    get { content.lines }
    set { content.lines = newValue }
  }
  /// The components within it.
  public var parts: [Component] {
    get { content.parts }
    set { content.parts = newValue }
  }

  /// The identifier within the event; empty where it is missing.
  public var uid: String {
    get { text(.uid) ?? "" }
    set { setText(.uid, newValue) }
  }

  /// The name of the place (NAME).
  public var title: String? {
    get { text(.name) }
    set { setText(.name, newValue) }
  }

  /// The kinds of place, in the words of RFC 4589 (LOCATION-TYPE).
  public var types: [String] {
    get { texts(.locationType) }
    set { setTexts(.locationType, newValue) }
  }

  /// A longer description.
  public var description: String? {
    get { text(.description) }
    set { setText(.description, newValue) }
  }

  /// A page about the place, or a "geo:" URI.
  public var url: String? {
    get { uri(.url) }
    set { setURI(.url, newValue) }
  }
}

extension EventComponent {
  /// Those with a part in the event, asked to it or not (RFC 9073 §7.1).
  public var participants: [ParticipantComponent] {
    get { otherComponents.parts() }
    set { otherComponents.replaceParts(with: newValue) }
  }

  /// The places of the event (RFC 9073 §7.2).
  public var locations: [LocationComponent] {
    get { otherComponents.parts() }
    set { otherComponents.replaceParts(with: newValue) }
  }
}
