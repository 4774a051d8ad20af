import Foundation
import Testing

/// Asks other implementations, in one Python process for a whole batch of cases.
///
/// Missing packages fail the test: a comparison that did not happen proves nothing.
enum Oracle {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  static func ask<Question: Encodable, Answer: Decodable>(
    _ mode: String,
    _ question: Question,
    for answer: Answer.Type = Answer.self,
    script name: String = "icalendar_oracle.py"
  ) throws -> Answer {
    let files = FileManager.default
    let folder = files.temporaryDirectory.appending(path: "icalendar-oracle-\(UUID().uuidString)")
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? files.removeItem(at: folder) }
    let (input, output) = (folder.appending(path: "in.json"), folder.appending(path: "out.json"))
    try JSONEncoder().encode(question).write(to: input)

    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
    let python =
      ProcessInfo.processInfo.environment["PHOS_PYTHON"] ?? root.appending(path: ".venv/bin/python").path
    guard files.isExecutableFile(atPath: python) else {
      throw Failure(
        description: "no Python at \(python); set PHOS_PYTHON to one with icalendar and python-dateutil"
      )
    }
    let process = Process()
    process.executableURL = URL(filePath: python)
    let script = root.appending(path: "Tests/Python/\(name)").path
    process.arguments = [script, mode, input.path, output.path]
    process.standardOutput = FileHandle.standardError
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: "\(script) \(mode) ended with \(process.terminationStatus), see above")
    }
    return try JSONDecoder().decode(Answer.self, from: Data(contentsOf: output))
  }
}
