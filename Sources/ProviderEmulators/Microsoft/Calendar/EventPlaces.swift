import JSONModel

/// The locations of an event: `location`, and `locations`, of which it is the first.
enum EventPlaces {
  private static let kept: Set = [
    "address", "coordinates", "displayName", "locationEmailAddress", "locationType", "locationUri",
    "uniqueId",
    "uniqueIdType",
  ]

  /// The locations of a body as stored; nil when it has none of these properties.
  static func checked(_ body: JSON) throws(MicrosoftError) -> [String: JSON]? {
    if let several = body["locations"], several != .null {
      guard let list = several.array else {
        throw EventProperties.mistyped("locations", "Collection(microsoft.graph.location)")
      }
      // The documentation does not say which of the two wins when they differ.
      if let one = body["location"], one["displayName"] != list.first?["displayName"], one != .null {
        throw .notEmulated("location and locations that differ")
      }
      var places: [JSON] = []
      for place in list { places.append(try checkedPlace(place)) }
      return ["locations": .array(places), "location": places.first ?? ["displayName": ""]]
    }
    guard let one = body["location"] else { return nil }
    if one == .null { return ["location": ["displayName": ""], "locations": []] }
    let place = try checkedPlace(one)
    return ["location": place, "locations": place["displayName"] == "" ? [] : [place]]
  }

  private static func checkedPlace(_ json: JSON) throws(MicrosoftError) -> JSON {
    guard let members = json.object else {
      throw EventProperties.mistyped("location", "microsoft.graph.location")
    }
    var place = JSON.object(members.filter { kept.contains($0.key) && $0.value != .null })
    let name = place["displayName"] ?? ""
    guard let text = name.string else { throw EventProperties.mistyped("displayName", "Edm.String") }
    place["displayName"] = name
    place["locationType"] = place["locationType"] ?? "default"
    place["uniqueIdType"] = place["uniqueIdType"] ?? (text.isEmpty ? "unknown" : "private")
    if !text.isEmpty, place["uniqueId"] == nil { place["uniqueId"] = name }
    return place
  }
}
