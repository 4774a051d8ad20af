import Foundation

/// The id of an event or of an occurrence, in the two forms that the service has.
///
/// Without `Prefer: IdType="ImmutableId"` the id belongs to the item's folder, and changes when the item is moved
/// (`generation`); an immutable id stays. A path may contain either, whatever is preferred.
struct EventID: Equatable {
  var key: String
  /// The original day of an occurrence.
  var day: String?
  /// The number of times the item was moved; nil in an immutable id.
  var generation: Int?

  private static let movable = "AAMkADVhNjRlN2IxLWM2ZWYtNDRkOC05ZjRlLTBmMWY1NjEyYjM3ZABGAAAAAACq"
  private static let immutable = "AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A"

  init(key: String, day: String?, generation: Int?) {
    self.key = key
    self.day = day
    self.generation = generation
  }

  init?(_ text: String) {
    let isImmutable = text.hasPrefix(Self.immutable)
    guard isImmutable || text.hasPrefix(Self.movable), text.hasSuffix("="), text.utf8.count < 400 else {
      return nil
    }
    let body = text.dropFirst((isImmutable ? Self.immutable : Self.movable).count).dropLast()
    guard let data = Data(base64URL: String(body)), let whole = String(data: data, encoding: .utf8) else {
      return nil
    }
    let parts = whole.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3 else { return nil }
    key = parts[0]
    day = parts[1].isEmpty ? nil : parts[1]
    generation = Int(parts[2])
    guard (generation == nil) == isImmutable else { return nil }
  }

  var text: String {
    let body = Data("\(key)|\(day ?? "")|\(generation.map(String.init) ?? "")".utf8).base64URL
    return (generation == nil ? Self.immutable : Self.movable) + body + "="
  }
}
