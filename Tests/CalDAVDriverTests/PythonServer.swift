import DriverTestSupport
import Foundation
import ProviderKit

/// A server that is a Python program, in a folder that goes away with it.
enum PythonServer {
  struct NotStarted: Error, CustomStringConvertible {
    let description: String
  }

  /// Runs it on a free port as long as `body` takes.
  static func run<T>(
    _ arguments: (_ folder: URL, _ port: Int) throws -> [String],
    during body: (_ port: Int) async throws -> T
  ) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.appending(path: "server-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let port = try await RawServer.freePort()
    let process = Process()
    process.executableURL = URL(filePath: try python())
    process.arguments = try arguments(folder, port)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    defer {
      // Not SIGTERM: the threads that tests run on block it, and a child inherits that.
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    try await waitUntilReady(process, port: port)
    return try await body(port)
  }

  private static func waitUntilReady(_ process: Process, port: Int) async throws {
    let program = process.arguments?.dropFirst().first ?? ""
    for _ in 0..<600 {
      guard process.isRunning else {
        throw NotStarted(description: "\(program) ended at once: is it installed (pip install \(program))?")
      }
      let request = ProviderRequest("GET", "http://127.0.0.1:\(port)/")
      if let response = try? await LiveRequest.send(request), response.status < 500 { return }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw NotStarted(description: "\(program) does not answer.")
  }

  /// `PHOS_PYTHON`, or the virtual environment of the repository.
  private static func python() throws -> String {
    let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path =
      ProcessInfo.processInfo.environment["PHOS_PYTHON"]
      ?? repository.appending(path: ".venv/bin/python").path
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw NotStarted(description: "No Python at \(path): set PHOS_PYTHON, or run `make test`.")
    }
    return path
  }
}

/// One request on a connection of its own, so that what a test does itself is not among what the driver sent.
enum LiveRequest {
  static func send(_ request: ProviderRequest) async throws -> ProviderResponse {
    let transport = LiveTransport()
    do {
      let response = try await transport.execute(request, address: nil)
      await transport.shutdown()
      return response
    } catch {
      await transport.shutdown()
      throw error
    }
  }
}
