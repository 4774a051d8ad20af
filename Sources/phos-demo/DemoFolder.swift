import ArgumentParser
import Crypto
import Foundation
import PhosServer

/// The demo's data folder: its files, and the secrets that stay the same from one start to the next.
struct DemoFolder: Sendable {
  let url: URL
  let secrets: DemoSecrets

  /// Opens the folder, or creates it for its owner only.
  ///
  /// Throws `ValidationError` when another demo uses it: two would overwrite each other's emulated calendars.
  init(path: String, members: Int) throws {
    url = URL(fileURLWithPath: path, isDirectory: true)
    try FileManager.default.createDirectory(
      at: url,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    // Held until the process ends, however it ends.
    let lock = open(url.appendingPathComponent("lock").path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      throw ValidationError(
        "Another demo is running on \(path). Stop it, or choose another folder with --data."
      )
    }
    let file = url.appendingPathComponent("secrets.json")
    var secrets = DemoSecrets.make()
    if let data = try? Data(contentsOf: file) {
      secrets = try JSONDecoder().decode(DemoSecrets.self, from: data)
    }
    secrets.addMembers(upTo: members)
    self.secrets = secrets
    // They are written even if they were read: an older folder may lack one.
    try JSONEncoder().encode(secrets).write(to: file, options: .atomic)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
  }

  func file(_ name: String) -> URL { url.appendingPathComponent(name) }

  /// Writes the description, from which scripts learn that the server answers.
  func write(_ description: DemoDescription) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(description).write(to: file("demo.json"), options: .atomic)
  }

  var configurationFile: URL { file("phos.env") }

  /// Writes the settings that a server or worker needs to join this demo; they contain secrets.
  func write(_ configuration: Configuration) throws {
    let lines = configuration.values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }
    let path = configurationFile.path
    guard
      FileManager.default.createFile(
        atPath: path,
        contents: Data(lines.joined().utf8),
        attributes: [.posixPermissions: 0o600]
      )
    else { throw CocoaError(.fileWriteNoPermission) }
  }

  /// Deletes `demo.json`, whose existence means that the server answers.
  func forgetDescription() throws {
    let path = file("demo.json").path
    if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
  }
}

/// The secrets of one folder, created at its first start.
struct DemoSecrets: Codable, Sendable {
  struct Member: Codable, Sendable {
    var email: String
    var displayName: String
    var timeZone: String
    var password: String
    /// A token for scripts; a folder from before tokens were stored gets one when it is read.
    var token: String
    var emulatorToken: String
    var refreshToken: String
  }

  var encryptionKey: String
  var clientSecret: String
  var members: [Member]

  static func make() -> Self {
    Self(
      encryptionKey: SymmetricKey(size: .bits256).withUnsafeBytes { Data($0).base64EncodedString() },
      clientSecret: random(),
      members: [
        .make("ada@phos.example", "Ada Lindqvist", "Europe/Berlin"),
        .make("ben@phos.example", "Ben Okafor", "America/New_York"),
      ]
    )
  }

  mutating func addMembers(upTo count: Int) {
    while members.count < count {
      let number = members.count + 1
      members.append(.make("member\(number)@phos.example", "Member \(number)", "Europe/Berlin"))
    }
  }

  fileprivate static func random() -> String {
    SymmetricKey(size: .bits128).withUnsafeBytes { $0.map { String(format: "%02x", $0) }.joined() }
  }
}

extension DemoSecrets.Member {
  fileprivate static func make(_ email: String, _ displayName: String, _ timeZone: String) -> Self {
    Self(
      email: email,
      displayName: displayName,
      timeZone: timeZone,
      password: "demo-\(DemoSecrets.random().prefix(8))",
      token: DemoSecrets.random(),
      emulatorToken: DemoSecrets.random(),
      refreshToken: DemoSecrets.random()
    )
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    email = try container.decode(String.self, forKey: .email)
    displayName = try container.decode(String.self, forKey: .displayName)
    timeZone = try container.decode(String.self, forKey: .timeZone)
    password = try container.decode(String.self, forKey: .password)
    token = try container.decodeIfPresent(String.self, forKey: .token) ?? DemoSecrets.random()
    emulatorToken = try container.decode(String.self, forKey: .emulatorToken)
    refreshToken = try container.decode(String.self, forKey: .refreshToken)
  }
}
