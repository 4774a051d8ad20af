import Foundation
import Synchronization

/// The zones known here, read when they are first asked for and kept.
///
/// A zone is its file's name, so that no list of all is needed to find one; lists are made for who asks for them.
final class ZoneDatabase: Sendable {
  static let shared = ZoneDatabase(folder: "/usr/share/zoneinfo")

  /// Nil where there is no tzdata, and Foundation has its own.
  private let folder: String?
  private let read = Mutex<[String: ZoneRules]>([:])
  private let madeNames = Mutex<ZoneNames?>(nil)

  /// Uses the tzdata in `folder`, or Foundation's where there is none.
  init(folder: String) {
    self.folder = Self.isCompiledZone("\(folder)/Etc/UTC") ? folder : nil
  }

  /// All zones, sorted; those that are named, but not installed, are none.
  var identifiers: [String] {
    guard let folder else { return names.sorted }
    return names.sorted.filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
  }

  /// The zone of that name in any letter case.
  func identifier(anyCase name: String) -> String? { names.byLowercase[name.lowercased()] }

  /// The zone whose last part is that city's name, in any letter case.
  func identifier(city: String) -> String? {
    names.byCity[city.lowercased().replacing(" ", with: "_")]
  }

  func rules(of identifier: String) -> ZoneRules? {
    if let rules = read.withLock({ $0[identifier] }) { return rules }
    guard let rules = load(identifier) else { return nil }
    read.withLock { $0[identifier] = rules }
    return rules
  }

  private func load(_ identifier: String) -> ZoneRules? {
    // A name is looked at before it comes near a path, so that no path can be smuggled in.
    guard Self.isName(identifier) else { return nil }
    guard let folder else {
      return names.known.contains(identifier) ? ZoneRules(foundationZone: identifier) : nil
    }
    guard let file = FileManager.default.contents(atPath: "\(folder)/\(identifier)"), file.count <= 1 << 20
    else { return nil }
    return TZifFile([UInt8](file), identifier: identifier)?.rules
  }

  private var names: ZoneNames {
    madeNames.withLock { made in
      if let made { return made }
      let names = ZoneNames(folder.map(Self.names) ?? TimeZone.knownTimeZoneIdentifiers + ["UTC"])
      made = names
      return names
    }
  }

  /// The names of the zones and links in tzdata's own text.
  ///
  /// Distributions that do not install the text have it walked for, which takes the opening of each file.
  private static func names(in folder: String) -> [String] {
    guard let file = FileManager.default.contents(atPath: "\(folder)/tzdata.zi"), file.count <= 1 << 22 else {
      return walkedNames(in: folder)
    }
    return [UInt8](file).split(separator: UInt8(ascii: "\n")).compactMap { line -> String? in
      // "Z Europe/Berlin 0:53:28 - LMT …" and "L Europe/Berlin Europe/Oslo".
      let place = line.first == UInt8(ascii: "Z") ? 1 : line.first == UInt8(ascii: "L") ? 2 : 0
      guard place > 0, case let words = line.split(separator: UInt8(ascii: " ")), words.count > place else {
        return nil
      }
      let name = String(decoding: words[place], as: UTF8.self)
      return isName(name) ? name : nil
    }
  }

  private static func walkedNames(in folder: String) -> [String] {
    let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return paths.filter { isName($0) && isCompiledZone("\(folder)/\($0)") }
  }

  /// Whether the text can be a zone's name: parts of letters, digits and a few signs with "/" between them.
  ///
  /// Zones begin with a capital. Names in small letters are of copies with leap seconds or for other C libraries, and
  /// "Factory" is no place.
  private static func isName(_ text: String) -> Bool {
    guard text.utf8.count <= 64, text != "Factory", let first = text.utf8.first,
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first)
    else { return false }
    var isAfterSlash = false
    for octet in text.utf8 {
      let isSlash = octet == UInt8(ascii: "/")
      guard isSlash ? !isAfterSlash : octet.isInZoneName else { return false }
      isAfterSlash = isSlash
    }
    return !isAfterSlash
  }

  private static func isCompiledZone(_ path: String) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    return (try? file.read(upToCount: 4)) == Data("TZif".utf8)
  }
}

/// The names of all zones, of which some may not be installed.
private struct ZoneNames {
  let sorted: [String]
  let known: Set<String>
  /// Identifiers by their lower case.
  let byLowercase: [String: String]
  /// Identifiers by the lower case of their last part, where that is a city's and no other zone's.
  let byCity: [String: String]

  init(_ names: [String]) {
    sorted = names.sorted()
    known = Set(names)
    byLowercase = Dictionary(sorted.map { ($0.lowercased(), $0) }) { first, _ in first }
    let placed = sorted.filter { $0.contains("/") && !$0.hasPrefix("Etc/") }
    byCity = Dictionary(placed.map { (($0.split(separator: "/").last ?? "").lowercased(), $0) }) { first, _ in
      first
    }
  }
}

extension UInt8 {
  fileprivate var isInZoneName: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"):
      true
    default: false
    }
  }
}
