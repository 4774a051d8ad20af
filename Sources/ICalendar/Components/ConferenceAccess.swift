/// A way to take part from afar (CONFERENCE, RFC 7986 §5.11).
public struct ConferenceAccess: Sendable, Hashable {
  /// Where: a URL, or a number to dial as "tel:".
  public var uri: String
  /// The features that it offers, in upper case, such as "VIDEO" (FEATURE).
  public var features: [String]
  /// The name to show (LABEL).
  public var label: String?
  /// Parameters that have no property here, such as LANGUAGE.
  public var otherParameters: [ContentLine.Parameter]

  /// Makes an access.
  public init(
    uri: String,
    features: [String] = [],
    label: String? = nil,
    otherParameters: [ContentLine.Parameter] = []
  ) {
    self.uri = uri
    self.features = features
    self.label = label
    self.otherParameters = otherParameters
  }

  init(_ line: ContentLine) {
    uri = line.value
    features = line.parameterValues("FEATURE").map { $0.uppercased() }
    label = line.parameter("LABEL")
    let own: Set<String> = ["VALUE", "FEATURE", "LABEL"]
    otherParameters = line.parameters.filter { !own.contains($0.name.uppercased()) }
  }

  var line: ContentLine {
    var parameters = [ContentLine.Parameter("VALUE", "URI")]
    if !features.isEmpty { parameters.append(.init("FEATURE", features)) }
    if let label { parameters.append(.init("LABEL", label)) }
    return ContentLine("CONFERENCE", parameters: parameters + otherParameters, value: uri)
  }
}

/// A component that another belongs to (RELATED-TO, RFC 5545 §3.8.4.5).
public struct Relation: Sendable, Hashable {
  /// The other's UID.
  public var uid: String
  /// The kind of relation in upper case, such as "PARENT", which it is when nothing is said (RELTYPE).
  public var kind: String

  /// Makes a relation.
  public init(uid: String, kind: String = "PARENT") {
    self.uid = uid
    self.kind = kind
  }

  init(_ line: ContentLine) {
    uid = line.text
    kind = line.parameter("RELTYPE")?.uppercased() ?? "PARENT"
  }

  var line: ContentLine {
    ContentLine("RELATED-TO", parameters: kind == "PARENT" ? [] : [.init("RELTYPE", kind)], text: uid)
  }
}
