import Foundation
import Synchronization

/// The zones known here, read when they are first asked for and kept.
final class ZoneDatabase: Sendable {
  static let shared = ZoneDatabase(folder: "/usr/share/zoneinfo")

  /// All zones, sorted.
  let identifiers: [String]
  /// Identifiers by their lower case.
  let byLowercase: [String: String]
  /// Identifiers by the lower case of their last part, where that is a city's and no other zone's.
  let byCity: [String: String]
  private let known: Set<String>
  private let folder: String?
  private let read = Mutex<[String: ZoneRules]>([:])

  /// Uses the tzdata in `folder`, or Foundation's where there is none.
  init(folder: String) {
    let names = Self.names(in: folder)
    self.folder = names.isEmpty ? nil : folder
    identifiers = (names.isEmpty ? TimeZone.knownTimeZoneIdentifiers + ["UTC"] : names).sorted()
    // A name is looked up here before it comes near a path, so that no path can be smuggled in.
    known = Set(identifiers)
    byLowercase = Dictionary(identifiers.map { ($0.lowercased(), $0) }) { first, _ in first }
    let placed = identifiers.filter { $0.contains("/") && !$0.hasPrefix("Etc/") }
    byCity = Dictionary(placed.map { (($0.split(separator: "/").last ?? "").lowercased(), $0) }) { first, _ in
      first
    }
  }

  func rules(of identifier: String) -> ZoneRules? {
    guard identifier.utf8.count <= 64, known.contains(identifier) else { return nil }
    if let rules = read.withLock({ $0[identifier] }) { return rules }
    guard let rules = load(identifier) else { return nil }
    read.withLock { $0[identifier] = rules }
    return rules
  }

  private func load(_ identifier: String) -> ZoneRules? {
    guard let folder else { return ZoneRules(foundationZone: identifier) }
    guard let file = FileManager.default.contents(atPath: "\(folder)/\(identifier)"), file.count <= 1 << 20
    else { return nil }
    return TZifFile([UInt8](file))?.rules
  }

  private static func names(in folder: String) -> [String] {
    // Copies with leap seconds or for other C libraries, and names that are no place.
    let others: Set<String> = ["posix", "right", "localtime", "posixrules", "Factory"]
    guard let paths = FileManager.default.enumerator(atPath: folder) else { return [] }
    var names: [String] = []
    for case let path as String in paths {
      let parts = path.split(separator: "/")
      guard let first = parts.first, !others.contains(String(first)), first.first?.isUppercase == true,
        path.utf8.allSatisfy(Self.isInName), isCompiledZone("\(folder)/\(path)")
      else { continue }
      names.append(path)
    }
    return names
  }

  private static func isInName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "+"):
      true
    default:
      false
    }
  }

  private static func isCompiledZone(_ path: String) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    return (try? file.read(upToCount: 4)) == Data("TZif".utf8)
  }
}
