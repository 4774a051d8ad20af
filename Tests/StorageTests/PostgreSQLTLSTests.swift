import DatabaseTestSupport
import Foundation
import Testing

@testable import Storage

/// A server that speaks TLS, with a certificate for `localhost` of an authority of its own.
@Suite(.timeLimit(.minutes(5))) struct PostgreSQLTLSTests {
  private func server() throws -> OwnPostgreSQL {
    try OwnPostgreSQL(
      options: { "-c ssl=on -c ssl_cert_file=\($0)/server.crt -c ssl_key_file=\($0)/server.key" },
      prepare: { server in
        let folder = server.folder
        func openssl(_ arguments: String) throws {
          try server.run("/usr/bin/openssl", arguments.split(separator: " ").map(String.init))
        }
        let newKey = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
        for authority in ["ca", "other"] {
          try openssl(
            "req -x509 \(newKey) -subj /CN=\(authority) -days 2 -keyout \(folder)/\(authority).key "
              + "-out \(folder)/\(authority).crt"
          )
        }
        try openssl(
          "req \(newKey) -subj /CN=localhost -keyout \(folder)/server.key -out \(folder)/server.csr"
        )
        try Data("subjectAltName=DNS:localhost\n".utf8).write(to: URL(filePath: "\(folder)/names"))
        try openssl(
          "x509 -req -in \(folder)/server.csr -CA \(folder)/ca.crt -CAkey \(folder)/ca.key -CAcreateserial "
            + "-days 2 -extfile \(folder)/names -out \(folder)/server.crt"
        )
      }
    )
  }

  @Test func `verify-full takes the server that the authority knows by the name that was asked for`() throws {
    let server = try server()
    func open(_ host: String, _ authority: String) throws -> PostgreSQLDatabase {
      try PostgreSQLDatabase(
        url: server.url(
          host: host,
          parameters: "?sslmode=verify-full&sslrootcert=\(server.folder)/\(authority).crt"
        ),
        patience: .zero
      )
    }
    let isEncrypted = try open("localhost", "ca").transaction {
      try $0.rows("SELECT ssl::int AS ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", []).first?.bool(
        "ssl"
      )
    }
    #expect(isEncrypted == true)
    for (host, authority, sentence) in [
      ("127.0.0.1", "ca", "is for another name"), ("localhost", "other", "isn't trusted"),
      ("localhost", "none", "the sslrootcert file can't be used"),
    ] {
      let error = try #require(throws: PostgreSQLFailure.self) { try open(host, authority) }
      // What is not lost is not waited for.
      #expect(!error.isConnectionLost && error.description.contains(sentence), "\(error)")
      #expect(!error.description.contains(server.folder))
    }
  }
}
