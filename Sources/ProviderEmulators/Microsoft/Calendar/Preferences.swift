import Foundation

/// A client's preferences from its `Prefer` headers.
struct Preferences {
  private(set) var wantsImmutableIDs = false
  private(set) var wantsText = false
  private(set) var zone: OutlookZone?
  /// The zone's name as the client wrote it, which the answers repeat.
  private(set) var zoneName: String?
  private(set) var pageSize: Int?

  init(_ request: EmulatorRequest) throws(MicrosoftError) {
    for item in (request.headers["prefer"] ?? "").split(whereSeparator: { $0 == "," || $0 == ";" }) {
      let parts = item.split(separator: "=", maxSplits: 1)
      let value = parts.count == 2 ? parts[1].trimmingCharacters(in: CharacterSet(charactersIn: "\" ")) : ""
      switch parts.first?.trimmingCharacters(in: .whitespaces).lowercased() {
      case "idtype": wantsImmutableIDs = value.lowercased() == "immutableid"
      case "outlook.body-content-type": wantsText = value.lowercased() == "text"
      case "outlook.timezone":
        guard let zone = OutlookZone(asked: value) else { throw .unsupportedZone(value) }
        self.zone = zone
        zoneName = value
      case "odata.maxpagesize":
        guard let size = Int(value), size > 0 else { throw .invalidParameter("Invalid odata.maxpagesize.") }
        pageSize = min(size, 1000)
      // A server ignores preferences that it does not know (RFC 7240 §2).
      default: break
      }
    }
  }

  /// The `Preference-Applied` header.
  var applied: [String: String] {
    var names: [String] = []
    if wantsImmutableIDs { names.append("IdType=\"ImmutableId\"") }
    if let zoneName { names.append("outlook.timezone=\"\(zoneName)\"") }
    if wantsText { names.append("outlook.body-content-type=\"text\"") }
    return names.isEmpty ? [:] : ["Preference-Applied": names.joined(separator: ", ")]
  }
}
