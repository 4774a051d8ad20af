/// The standards' definition of a parameter: which values it has, and where that is said.
///
/// Any other parameter is read and written as well.
public struct ParameterDefinition: Sendable, Hashable {
  /// The form of a parameter's values.
  public enum Form: Sendable, Hashable {
    /// Anything.
    case text
    /// TRUE or FALSE.
    case boolean
    /// URIs; quoted when written, as all that hold a colon.
    case uri
    /// A whole number.
    case integer
    /// One of these words, or another that is registered or begins with "X-".
    case word([String])
    /// One of these words only.
    case fixed([String])
  }

  /// The name in upper case.
  public let name: String
  /// The form of its values.
  public let form: Form
  /// Whether it may have several values.
  public let isList: Bool
  /// Where it is defined.
  public let section: String

  /// Whether it has one text, which a comma without quotes does not make two.
  var isSingleText: Bool { form == .text && !isList }

  /// The definition of a parameter, by its name in upper case.
  public static func of(_ name: String) -> ParameterDefinition? { byName[name] }

  /// All that are defined.
  public static let all: [ParameterDefinition] = [
    parameter("ALTREP", .uri, "RFC 5545 §3.2.1"),
    parameter("CN", .text, "RFC 5545 §3.2.2"),
    parameter("CUTYPE", .word(["INDIVIDUAL", "GROUP", "RESOURCE", "ROOM", "UNKNOWN"]), "RFC 5545 §3.2.3"),
    parameter("DELEGATED-FROM", .uri, list: true, "RFC 5545 §3.2.4"),
    parameter("DELEGATED-TO", .uri, list: true, "RFC 5545 §3.2.5"),
    parameter("DIR", .uri, "RFC 5545 §3.2.6"),
    parameter("ENCODING", .fixed(["8BIT", "BASE64"]), "RFC 5545 §3.2.7"),
    parameter("FMTTYPE", .text, "RFC 5545 §3.2.8"),
    parameter("FBTYPE", .word(["FREE", "BUSY", "BUSY-UNAVAILABLE", "BUSY-TENTATIVE"]), "RFC 5545 §3.2.9"),
    parameter("LANGUAGE", .text, "RFC 5545 §3.2.10"),
    parameter("MEMBER", .uri, list: true, "RFC 5545 §3.2.11"),
    parameter(
      "PARTSTAT",
      .word([
        "NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED", "COMPLETED", "IN-PROCESS",
      ]),
      "RFC 5545 §3.2.12"
    ),
    parameter("RANGE", .fixed(["THISANDFUTURE", "THISANDPRIOR"]), "RFC 5545 §3.2.13"),
    parameter("RELATED", .fixed(["START", "END"]), "RFC 5545 §3.2.14"),
    parameter("RELTYPE", .word(["PARENT", "CHILD", "SIBLING"]), "RFC 5545 §3.2.15"),
    parameter(
      "ROLE",
      .word(["CHAIR", "REQ-PARTICIPANT", "OPT-PARTICIPANT", "NON-PARTICIPANT"]),
      "RFC 5545 §3.2.16"
    ),
    parameter("RSVP", .boolean, "RFC 5545 §3.2.17"),
    parameter("SENT-BY", .uri, "RFC 5545 §3.2.18"),
    parameter("TZID", .text, "RFC 5545 §3.2.19"),
    parameter("VALUE", .word(ValueType.allCases.map(\.rawValue)), "RFC 5545 §3.2.20"),
    parameter("SCHEDULE-AGENT", .word(["SERVER", "CLIENT", "NONE"]), "RFC 6638 §7.1"),
    parameter("SCHEDULE-FORCE-SEND", .word(["REQUEST", "REPLY"]), "RFC 6638 §7.2"),
    parameter("SCHEDULE-STATUS", .text, list: true, "RFC 6638 §7.3"),
    parameter("DISPLAY", .word(["BADGE", "GRAPHIC", "FULLSIZE", "THUMBNAIL"]), list: true, "RFC 7986 §6.1"),
    parameter("EMAIL", .text, "RFC 7986 §6.2"),
    parameter(
      "FEATURE",
      .word(["AUDIO", "CHAT", "FEED", "MODERATOR", "PHONE", "SCREEN", "VIDEO"]),
      list: true,
      "RFC 7986 §6.3"
    ),
    parameter("LABEL", .text, "RFC 7986 §6.4"),
    parameter("ORDER", .integer, "RFC 9073 §5.1"),
    parameter("SCHEMA", .uri, "RFC 9073 §5.2"),
    parameter("DERIVED", .boolean, "RFC 9073 §5.3"),
    parameter("LINKREL", .text, "RFC 9253 §6.1"),
    parameter("GAP", .text, "RFC 9253 §6.2"),
  ]

  private static let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }

  private static func parameter(
    _ name: String,
    _ form: Form,
    list isList: Bool = false,
    _ section: String
  ) -> ParameterDefinition {
    ParameterDefinition(name: name, form: form, isList: isList, section: section)
  }
}
