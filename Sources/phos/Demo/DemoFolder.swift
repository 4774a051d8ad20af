import ArgumentParser
import Crypto
import Foundation

/// The demo's data folder: what is in it, and the secrets that must stay the same from one start to the next.
struct DemoFolder: Sendable {
  let url: URL
  let secrets: DemoSecrets

  /// Opens the folder, or makes it for its owner only.
  ///
  /// Throws `ValidationError` when another demo runs on it: two would write over each other's emulated calendars.
  init(path: String) throws {
    url = URL(fileURLWithPath: path, isDirectory: true)
    try FileManager.default.createDirectory(
      at: url,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    // Held until the process ends, however it ends.
    let lock = open(url.appendingPathComponent("lock").path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      throw ValidationError("Another demo is running on \(path). Stop it, or choose another folder with --data.")
    }
    let file = url.appendingPathComponent("secrets.json")
    if let data = try? Data(contentsOf: file) {
      secrets = try JSONDecoder().decode(DemoSecrets.self, from: data)
    } else {
      secrets = DemoSecrets.make()
      try JSONEncoder().encode(secrets).write(to: file, options: .atomic)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }
  }

  func file(_ name: String) -> URL { url.appendingPathComponent(name) }

  /// Tells scripts that the server answers.
  func write(_ description: DemoDescription) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(description).write(to: file("demo.json"), options: .atomic)
  }

  /// While `demo.json` exists the server answers, so it must not outlive it.
  func forgetDescription() throws {
    let path = file("demo.json").path
    if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
  }
}

/// What only this folder knows.
///
/// Made at the first start.
struct DemoSecrets: Codable, Sendable {
  struct Member: Codable, Sendable {
    var email: String
    var displayName: String
    var timeZone: String
    var password: String
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
        ("ada@phos.example", "Ada Lindqvist", "Europe/Berlin"),
        ("ben@phos.example", "Ben Okafor", "America/New_York"),
      ].map { email, name, zone in
        Member(
          email: email,
          displayName: name,
          timeZone: zone,
          password: "demo-\(random().prefix(8))",
          emulatorToken: random(),
          refreshToken: random()
        )
      }
    )
  }

  private static func random() -> String {
    SymmetricKey(size: .bits128).withUnsafeBytes { $0.map { String(format: "%02x", $0) }.joined() }
  }
}
