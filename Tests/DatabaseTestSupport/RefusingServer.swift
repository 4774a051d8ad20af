import Foundation

/// Speaks enough of PostgreSQL's protocol to refuse every client, in any language.
package final class RefusingServer: Sendable {
  package let port: Int
  private let listener: LoopbackSocket

  package init(severity: String, code: String, message: String) throws {
    (listener, port) = try LoopbackSocket.listening()
    let fields = ["S" + severity, "VFATAL", "C" + code, "M" + message].map { Array($0.utf8) + [0] }
    let body = fields.joined() + [0]
    // ErrorResponse: E, its length with the length itself, its fields, and a zero.
    let length = withUnsafeBytes(of: UInt32(body.count + 4).bigEndian, Array.init)
    Thread { [listener] in
      while let client = listener.accepted() {
        _ = client.received()
        client.send([UInt8(ascii: "E")] + length + body)
        client.end()
        client.close()
      }
    }.start()
  }

  package var url: String { "postgres://phos:hush@127.0.0.1:\(port)/postgres?sslmode=disable" }

  package func close() { listener.end() }
}
