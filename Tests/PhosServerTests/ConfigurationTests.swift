import Crypto
import Foundation
@testable import PhosServer
import ProviderKit
import Storage
import Testing

@Suite(.timeLimit(.minutes(5))) struct ConfigurationTests {
  @Test func `without anything set it is the contract's defaults`() throws {
    let configuration = try Configuration(environment: ["PATH": "/bin"])
    #expect(configuration.databaseURL == "sqlite:phos.db")
    #expect(try configuration.databaseAddress() == .sqlite(path: "phos.db"))
    #expect(configuration.host == "127.0.0.1")
    #expect(configuration.port == 8080)
    #expect(configuration.publicURL == "http://127.0.0.1:8080")
    #expect(!configuration.allowPrivateNetworks)
    #expect(configuration.values == [:])
    #expect(Configuration.databaseURLSetting.fallback == configuration.databaseURL)
    #expect(Configuration.databasePoolSizeSetting.fallback == "\(configuration.databasePoolSize)")
    #expect(Configuration.hostSetting.fallback == configuration.host)
    #expect(Configuration.portSetting.fallback == "\(configuration.port)")
    #expect(Configuration.jobLeaseSetting.fallback == "\(configuration.jobLease)")
    #expect(Configuration.inboxIntervalSetting.fallback == "\(configuration.inboxPause)")
    #expect(Configuration.allowPrivateNetworksSetting.fallback == "\(configuration.allowPrivateNetworks)")
    #expect(Configuration.introspectionSetting.fallback == "\(configuration.allowsIntrospection)")
    #expect(Configuration.webRootSetting.fallback == configuration.webRoot)
  }

  @Test(arguments: [
    ("PHOS_PORT", "eighty"), ("PHOS_PORT", "65536"), ("PHOS_PORT", "-1"), ("PHOS_PORT", ""),
    ("PHOS_ENCRYPTION_KEY", ""), ("PHOS_ENCRYPTION_KEY", "secret"),
    ("PHOS_ENCRYPTION_KEY", Data(repeating: 1, count: 31).base64EncodedString()),
    ("PHOS_ENCRYPTION_KEY", Data(repeating: 1, count: 33).base64EncodedString()),
    ("PHOS_PUBLIC_URL", "phos.example"), ("PHOS_PUBLIC_URL", "ftp://phos.example"),
    ("PHOS_PUBLIC_URL", "https://"),
    ("PHOS_PUBLIC_URL", "https://phos.example/?a=b"), ("PHOS_PUBLIC_URL", "https://phos.example/#a"),
    ("PHOS_ALLOW_PRIVATE_NETWORKS", "yes"), ("PHOS_DATABASE_POOL_SIZE", "0"),
    ("PHOS_JOB_LEASE", "2"), ("PHOS_JOB_LEASE", "31"), ("PHOS_JOB_LEASE", "soon"),
  ])
  func `a bad value is one line that names its key and not the value`(key: String, value: String) throws {
    let problem = try #require(throws: ConfigurationError.self) {
      try Configuration(environment: [key: value])
    }
    #expect(problem.description.hasPrefix("\(key): "))
    #expect(!problem.description.contains("\n"))
    if key == "PHOS_ENCRYPTION_KEY", !value.isEmpty { #expect(!problem.description.contains(value)) }
  }

  @Test(arguments: ["mysql://phos:hush@db.example/phos", "postgres:hush", "sqlite:", "phos.db", ""])
  func `an address of no database is one line that names its key`(url: String) throws {
    let configuration = try Configuration(environment: ["PHOS_DATABASE_URL": url])
    let problem = try #require(throws: ConfigurationError.self) { try configuration.databaseAddress() }
    #expect(problem.description.hasPrefix("PHOS_DATABASE_URL: "))
    #expect(!problem.description.contains("hush"))
  }

  @Test(arguments: ["postgres://phos:hush@127.0.0.1:1/phos", "sqlite:/nowhere/at/all/phos.db"])
  func `a database that cannot be opened says so without its password`(url: String) throws {
    let problem = try #require(throws: ConfigurationError.self) {
      try Program.migrate(Configuration(environment: ["PHOS_DATABASE_URL": url]))
    }
    #expect(problem.description.hasPrefix("PHOS_DATABASE_URL: the database can't be opened: "))
    #expect(!problem.description.contains("\n") && !problem.description.contains("hush"))
  }

  @Test func `a server does not start without its key`() throws {
    let problem = try #require(throws: ConfigurationError.self) {
      try Configuration(environment: [:]).requiredEncryptionKey()
    }
    #expect(problem.description.hasPrefix("PHOS_ENCRYPTION_KEY: is missing"))
  }

  @Test(arguments: [
    (["PHOS_GOOGLE_CLIENT_ID": "id"], "PHOS_GOOGLE_CLIENT_SECRET"),
    (
      ["PHOS_GOOGLE_CLIENT_ID": "id", "PHOS_GOOGLE_CLIENT_SECRET": "s", "PHOS_GOOGLE_API_URL": "nowhere"],
      "PHOS_GOOGLE_API_URL"
    ),
    (
      [
        "PHOS_GOOGLE_CLIENT_ID": "id", "PHOS_GOOGLE_CLIENT_SECRET": "s",
        "PHOS_GOOGLE_OAUTH_URL": "file:///etc",
      ],
      "PHOS_GOOGLE_OAUTH_URL"
    ),
  ])
  func `a driver's bad value names its key, too`(values: [String: String], key: String) async throws {
    let problem = await #expect(throws: ConfigurationError.self) {
      try await TestServer.open(values) { _, _ in }
    }
    #expect(problem?.key == key)
  }

  @Test func `all bad values are told at once, each in a line`() throws {
    let problem = try #require(throws: ConfigurationError.self) {
      try Configuration(environment: [
        "PHOS_PORT": "eighty", "PHOS_PUBLIC_URL": "phos.example", "PHOS_ENCRYPTION_KEY": "secret",
      ])
    }
    let lines = problem.description.split(separator: "\n").map { $0.prefix { $0 != ":" } }
    #expect(lines == ["PHOS_PORT", "PHOS_PUBLIC_URL", "PHOS_ENCRYPTION_KEY"])
  }

  @Test func `the environment goes before the file`() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).conf")
    defer { try? FileManager.default.removeItem(at: file) }
    try "# ours\n\nPHOS_PORT = 9000\nPHOS_HOST=0.0.0.0\n".write(to: file, atomically: true, encoding: .utf8)
    let configuration = try Configuration(environment: ["PHOS_PORT": "9001"], file: file.path)
    #expect(configuration.port == 9001)
    #expect(configuration.host == "0.0.0.0")
  }

  @Test(arguments: ["PHOS_PORT", "export PHOS_PORT=1", "PATH=/bin", "="])
  func `a line of the file that is not understood is named by its number`(line: String) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).conf")
    defer { try? FileManager.default.removeItem(at: file) }
    try "PHOS_HOST=::1\n\n# a comment\n\(line)\n".write(to: file, atomically: true, encoding: .utf8)
    let problem = try #require(throws: ConfigurationError.self) {
      try Configuration(environment: [:], file: file.path)
    }
    #expect(problem.description == "--config: line 4 is not PHOS_KEY=value")
  }

  @Test func `a file that is not there is a problem of the option`() throws {
    let problem = try #require(throws: ConfigurationError.self) {
      try Configuration(environment: [:], file: "/nowhere/phos.conf")
    }
    #expect(problem.description == "--config: the file cannot be read")
  }
}
