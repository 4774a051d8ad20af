import DatabaseTestSupport
import Foundation
import Testing

@testable import Storage

@Suite(.timeLimit(.minutes(5))) struct PostgreSQLAddressTests {
  /// Nobody listens on port 1, so that what libpq would make of them is harmless.
  @Test(arguments: [
    "postgres://phos:hush@hush@127.0.0.1:1/db", "postgres://phos:hush/hush@127.0.0.1:1/db",
    "postgres://phos:hush%zz@127.0.0.1:1/db", "postgres://phos:hush%@127.0.0.1:1/db",
    "postgres://phos:hush%00@127.0.0.1:1/db", "postgres://phos:hush?hush@127.0.0.1:1/db",
    "postgres://phos:hush?host=hush@127.0.0.1:1/db", "postgres://phos:1/hush@127.0.0.1:1/db",
    "postgres://phos:1/hush?hush=hush@127.0.0.1:1/db", "postgres://phos:1?password=hush@127.0.0.1:1/db",
    "postgres://phos:hush", "postgres://phos:hush/db",
    "postgres://phos:hush]@[127.0.0.1:1/db", "postgres://phos:hush@[::1/db",
    "postgres://phos:hush@[::1]hush:1/db",
    "postgres://phos:hush@127.0.0.1:hush/db", "postgres://phos:hush@127.0.0.1:1:hush/db",
    "postgres://phos:hush@127.0.0.1:1/db/hush", "postgres://phos:hush@127.0.0.1:1/db?hush",
    "postgres://phos:hush@127.0.0.1:1/db?hush=1", "postgres://phos:hush@127.0.0.1:1/db?hush&hush",
    "postgres://phos:hush@127.0.0.1:1/db?options=a=hush", "postgres://phos:hush hush@@",
    "postgres://phos:hush@127.0.0.1:1,hush@127.0.0.1:1/db", "postgres://hu sh/hush@127.0.0.1:1/db",
  ])
  func `an address that is not by the book is refused without a word of it`(address: String) throws {
    let error = try #require(throws: PostgreSQLUnusable.self) {
      try PostgreSQLDatabase(url: address, patience: .zero)
    }
    let text = "\(error) \(String(reflecting: error))"
    #expect(!text.contains("hush") && !text.contains("phos:"))
    #expect(text.contains("%40"))
  }

  @Test(arguments: [
    "postgres://", "postgres:///db", "postgres://db.example", "postgresql://phos@db.example:5432/db",
    "postgres://phos:p%40%2F%3F%25:#!$@db.example/db", "postgres://phos:pass@[2001:db8::1]:5432/db",
    "postgres://phos:pass@a.example:1,b.example:2/db?target_session_attrs=read-write",
    "postgres://phos:[pass@127.0.0.1:1/db", "postgres://phos:pass@%2Fvar%2Frun%2Fpostgresql/db",
    "postgres://phos:pass@db.example/db?sslmode=verify-full&sslrootcert=/etc/phos/ca.pem",
    "postgres://phos:pass@db.example/db?options=-csearch_path%3Dteam",
  ])
  func `what libpq takes by the book is left as it is`(address: String) throws {
    #expect(try PostgreSQLAddress(address).url == address)
    #expect(try PostgreSQLAddress(address).description == "postgres://…")
  }

  @Test(arguments: [
    "postgres://name:hush@127.0.0.1:1/place", "postgres://name:hush@127.0.0.1:99999/place",
    "postgres://name:hush@127.0.0.1:1/place?sslmode=hush",
    "postgres://name:hush@127.0.0.1:1/place?connect_timeout=hush",
    "postgres://name:hush@127.0.0.1:1/place?sslmode=verify-full&sslrootcert=/hush.pem",
  ])
  func `what keeps a connection from being made is told with the host, and nothing else of the address`(
    address: String
  ) throws {
    let error = try #require(throws: PostgreSQLFailure.self) {
      try PostgreSQLDatabase(url: address, patience: .zero)
    }
    #expect(error.description.contains("127.0.0.1"))
    for secret in ["hush", "name:", "place", "99999"] { #expect(!error.description.contains(secret)) }
  }

  @Test(arguments: [
    (":[0-9a-f]+@", ":wr0ng@", "28P01", "password authentication failed"),
    ("phos:", "wr0ng:", "28P01", "password authentication failed"),
    ("/postgres$", "/wr0ng", "3D000", "does not exist"),
    ("$", "?sslmode=require", nil, "does not offer TLS"),
  ])
  func `what a server refuses for good is told at once, with nothing but the host`(
    part: String,
    instead: String,
    code: String?,
    sentence: String
  ) throws {
    let url = try ScratchPostgreSQL.url().replacing(Regex(part), with: instead, maxReplacements: 1)
    let error = try #require(throws: PostgreSQLFailure.self) {
      try PostgreSQLDatabase(url: url, patience: .zero)
    }
    // What is not lost is not waited for.
    #expect(error.sqlState == code && !error.isConnectionLost, "\(error)")
    #expect(error.description.contains("127.0.0.1: ") && error.description.contains(sentence), "\(error)")
    #expect(!error.description.contains("wr0ng") && !error.description.contains("\n"))
  }

  @Test(arguments: [
    ("FATAL", "57P03", "das Datenbanksystem startet", true),
    ("ВАЖНО", "57P03", "система баз данных запускается", true),
    ("致命错误", "53300", "对不起, 已经有太多的客户", true), ("FATAL", "57P01", "wr0ng", true),
    ("FATAL", "28P01", "Passwort-Authentifizierung für Benutzer »wr0ng« fehlgeschlagen", false),
    ("ВАЖНО", "3D000", "база данных \"wr0ng\" не существует", false), ("FATAL", "XX000", "wr0ng", false),
  ])
  func `a refusal in any language is known by its code`(
    severity: String,
    code: String,
    message: String,
    isWaitedFor: Bool
  ) throws {
    let server = try RefusingServer(severity: severity, code: code, message: message)
    defer { server.close() }
    let error = try #require(throws: PostgreSQLFailure.self) {
      try PostgreSQLDatabase(url: server.url, patience: .zero)
    }
    #expect(error.sqlState == code && error.isConnectionLost == isWaitedFor, "\(error)")
    #expect(!error.description.contains(message) && !error.description.contains("hush"))
  }
}
