extension PropertyHolder {
  /// Words to find it by (CATEGORIES, RFC 5545 §3.8.1.2).
  public var categories: [String] {
    get { texts(.categories) }
    set { setTexts(.categories, newValue) }
  }

  /// Who may see it (CLASS, RFC 5545 §3.8.1.3); nil says nothing, which means everyone.
  public var classification: Classification? {
    get { text(.classification).map { Classification(rawValue: $0.uppercased()) } }
    set { setText(.classification, newValue?.rawValue) }
  }

  /// Remarks (COMMENT, RFC 5545 §3.8.1.4).
  public var comments: [String] {
    get { texts(.comment) }
    set { setTextLines(.comment, newValue) }
  }

  /// Whom to ask (CONTACT, RFC 5545 §3.8.4.2).
  public var contacts: [String] {
    get { texts(.contact) }
    set { setTextLines(.contact, newValue) }
  }

  /// Where it is on Earth (GEO, RFC 5545 §3.8.1.6).
  public var geo: GeoPosition? {
    get { line(.geo).flatMap { GeoPosition($0.value) } }
    set { setValue(.geo, newValue?.description, as: .geo) }
  }

  /// How urgent it is: 1 for most to 9 for least, 0 for undefined (PRIORITY, RFC 5545 §3.8.1.9).
  public var priority: Int? {
    get { integer(.priority) }
    set { setInteger(.priority, newValue) }
  }

  /// Things that are needed (RESOURCES, RFC 5545 §3.8.1.10).
  public var resources: [String] {
    get { texts(.resources) }
    set { setTexts(.resources, newValue) }
  }

  /// Documents (ATTACH, RFC 5545 §3.8.1.1).
  public var attachments: [Attachment] {
    get { lines(.attach).compactMap { Attachment($0) } }
    set { replace(.attach, with: newValue.map { $0.line("ATTACH") }) }
  }

  /// Pictures (IMAGE, RFC 7986 §5.10).
  public var images: [Attachment] {
    get { lines(.image).compactMap { Attachment($0) } }
    set { replace(.image, with: newValue.map { $0.line("IMAGE") }) }
  }

  /// The colour to show it in, by its CSS3 name (COLOR, RFC 7986 §5.9).
  public var color: String? {
    get { text(.color) }
    set { setText(.color, newValue) }
  }

  /// Ways to take part from afar (CONFERENCE, RFC 7986 §5.11).
  public var conferences: [ConferenceAccess] {
    get { lines(.conference).map { ConferenceAccess($0) } }
    set { replace(.conference, with: newValue.map(\.line)) }
  }

  /// Components that belong to it (RELATED-TO, RFC 5545 §3.8.4.5).
  public var relations: [Relation] {
    get { lines(.relatedTo).map { Relation($0) } }
    set { setLines(.relatedTo, newValue.map(\.line), as: .text) }
  }

  /// The results of a request (REQUEST-STATUS, RFC 5545 §3.8.8.3).
  public var requestStatuses: [RequestStatus] {
    get { lines(.requestStatus).compactMap { RequestStatus(value: $0.value) } }
    set {
      let lines = newValue.map { ContentLine("REQUEST-STATUS", value: $0.value) }
      setLines(.requestStatus, lines, as: .requestStatus)
    }
  }
}

/// Who may see a component (RFC 5545 §3.8.1.3).
public struct Classification: RawRepresentable, Sendable, Hashable {
  /// Everyone.
  public static let `public` = Classification(rawValue: "PUBLIC")
  /// Its owner; what is not known must be taken for this.
  public static let `private` = Classification(rawValue: "PRIVATE")
  /// Some.
  public static let confidential = Classification(rawValue: "CONFIDENTIAL")

  /// The word in the property.
  public let rawValue: String

  /// Makes a classification of one's own.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }
}
