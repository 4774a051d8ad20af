/// The standards' definition of a component: which properties it has, and how often.
///
/// A property that is in none of the lists does not belong there, unless no standard defines it.
public struct ComponentDefinition: Sendable, Hashable {
  /// The name, such as "VEVENT".
  public let name: String
  /// Properties that are there once.
  public let required: [PropertyName]
  /// Properties that are there once or not at all.
  public let optional: [PropertyName]
  /// Properties that are there any number of times.
  public let repeated: [PropertyName]
  /// The components that can be within it.
  public let parts: [String]
  /// The values of STATUS here; empty where there is no STATUS.
  public let statuses: [String]
  /// Where it is defined, such as "RFC 5545 §3.6.1".
  public let section: String

  /// The definition of a component, by its name in upper case.
  public static func of(_ name: String) -> ComponentDefinition? { byName[name] }

  private static let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }

  /// Whether the property may stand here at all.
  func allows(_ name: PropertyName) -> Bool {
    required.contains(name) || optional.contains(name) || repeated.contains(name)
  }

  /// Whether the property may be there more than once.
  func repeats(_ name: PropertyName) -> Bool { repeated.contains(name) }
}

extension ComponentDefinition {
  private init(
    _ name: String,
    _ required: [PropertyName],
    optional: [PropertyName] = [],
    repeated: [PropertyName] = [],
    parts: [String] = [],
    statuses: [String] = [],
    _ section: String
  ) {
    self.name = name
    self.required = required
    self.optional = optional
    self.repeated = repeated
    self.parts = parts
    self.statuses = statuses
    self.section = section
  }

  private static let common: [PropertyName] = [
    .classification, .created, .lastModified, .organizer, .recurrenceID, .sequence, .status, .summary, .url,
    .color,
    // "SHOULD NOT occur more than once" (RFC 5545 §3.6.1); more are a defect all the same.
    .rrule, .dtstart,
  ]
  private static let commonRepeated: [PropertyName] = [
    .attach, .attendee, .categories, .comment, .contact, .exdate, .exrule, .requestStatus, .relatedTo, .rdate,
    .image, .structuredData, .styledDescription, .concept, .link, .refid,
  ]
  private static let richParts = ["PARTICIPANT", "VLOCATION", "VRESOURCE"]
  private static let busyTypes = ["VALARM"] + richParts

  private static let all: [ComponentDefinition] = [
    ComponentDefinition(
      "VCALENDAR",
      [.prodid, .version],
      optional: [
        .calscale, .method, .uid, .lastModified, .url, .refreshInterval, .source, .color, .xWRTimezone,
        .xWRCalname,
      ],
      repeated: [.name, .description, .categories, .image, .concept, .link, .refid, .structuredData],
      parts: ["VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VAVAILABILITY"],
      "RFC 5545 §3.6"
    ),
    ComponentDefinition(
      "VEVENT",
      [.dtstamp, .uid],
      optional: common + [.description, .geo, .location, .priority, .transp, .dtend, .duration],
      repeated: commonRepeated + [.resources, .conference],
      parts: busyTypes,
      statuses: ["TENTATIVE", "CONFIRMED", "CANCELLED"],
      "RFC 5545 §3.6.1"
    ),
    ComponentDefinition(
      "VTODO",
      [.dtstamp, .uid],
      optional: common
        + [.completed, .description, .geo, .location, .percentComplete, .priority, .due, .duration],
      repeated: commonRepeated + [.resources, .conference],
      parts: busyTypes,
      statuses: ["NEEDS-ACTION", "COMPLETED", "IN-PROCESS", "CANCELLED"],
      "RFC 5545 §3.6.2"
    ),
    ComponentDefinition(
      "VJOURNAL",
      [.dtstamp, .uid],
      optional: common,
      repeated: commonRepeated + [.description],
      parts: richParts,
      statuses: ["DRAFT", "FINAL", "CANCELLED"],
      "RFC 5545 §3.6.3"
    ),
    ComponentDefinition(
      "VFREEBUSY",
      [.dtstamp, .uid],
      optional: [.contact, .dtstart, .dtend, .organizer, .url],
      repeated: [
        .attendee, .comment, .freebusy, .requestStatus, .styledDescription, .link, .concept, .refid,
      ],
      parts: richParts,
      "RFC 5545 §3.6.4"
    ),
    ComponentDefinition(
      "VTIMEZONE",
      [.tzid],
      optional: [.lastModified, .tzurl, .tzuntil],
      repeated: [.tzidAliasOf],
      parts: ["STANDARD", "DAYLIGHT"],
      "RFC 5545 §3.6.5"
    ),
    observance("STANDARD"),
    observance("DAYLIGHT"),
    ComponentDefinition(
      "VALARM",
      [.action, .trigger],
      optional: [.duration, .repeat, .description, .summary, .uid, .acknowledged, .proximity],
      repeated: [.attach, .attendee, .relatedTo, .styledDescription, .structuredData],
      parts: ["VLOCATION"],
      "RFC 5545 §3.6.6"
    ),
    ComponentDefinition(
      "VAVAILABILITY",
      [.dtstamp, .uid],
      optional: common + [.busytype, .description, .location, .priority, .dtend, .duration],
      repeated: [.categories, .comment, .contact],
      parts: ["AVAILABLE"],
      "RFC 7953 §3.1"
    ),
    ComponentDefinition(
      "AVAILABLE",
      [.dtstamp, .uid, .dtstart],
      optional: common + [.description, .location, .dtend, .duration],
      repeated: [.categories, .comment, .contact, .exdate, .rdate],
      "RFC 7953 §3.1"
    ),
    ComponentDefinition(
      "PARTICIPANT",
      [.uid, .participantType],
      optional: common + [.calendarAddress, .dtstamp, .description, .geo, .location, .priority],
      repeated: commonRepeated + [.resources],
      parts: ["VLOCATION", "VRESOURCE"],
      "RFC 9073 §7.1"
    ),
    ComponentDefinition(
      "VLOCATION",
      [.uid],
      optional: [.description, .geo, .name, .locationType, .url],
      repeated: [.structuredData, .link, .concept, .refid],
      "RFC 9073 §7.2"
    ),
    ComponentDefinition(
      "VRESOURCE",
      [.uid],
      optional: [.description, .geo, .name, .resourceType],
      repeated: [.structuredData, .link, .concept, .refid],
      "RFC 9073 §7.3"
    ),
  ]

  private static func observance(_ name: String) -> ComponentDefinition {
    ComponentDefinition(
      name,
      [.dtstart, .tzoffsetto, .tzoffsetfrom],
      optional: [.rrule],
      repeated: [.comment, .rdate, .tzname],
      "RFC 5545 §3.6.5"
    )
  }
}
