import Foundation
import GraphQLEngine

/// This engine on the execution benchmark: prints what execute.js prints.
@main struct Execute {
  struct Times: Encodable {
    var execute: [Double] = []
    var json: [Double] = []
    var digest = ""
    var bytes = 0
  }

  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let runs = Int(arguments[3]) else {
      FileHandle.standardError.write(Data("usage: Execute FOLDER DATA RUNS\n".utf8))
      exit(2)
    }
    let folder = URL(filePath: arguments[1])
    let sdl = try String(contentsOf: folder.appending(path: "events.graphql"), encoding: .utf8)
    let query = try String(contentsOf: folder.appending(path: "events.query.graphql"), encoding: .utf8)
    let events = try JSONDecoder().decode([Event].self, from: Data(contentsOf: URL(filePath: arguments[2])))
    let executor = try GraphQLExecutor(
      schema: Schema(sdl: sdl),
      resolvers: EventResolvers.table,
      limits: DocumentLimits(maxCost: .max, maxValues: .max)
    )
    let request = GraphQLRequest(query: query, variables: ["first": .int(events.count)])
    var times = Times()
    var data = Data()
    let clock = ContinuousClock()
    for _ in 0..<runs {
      let start = clock.now
      let answer = await executor.execute(request, context: events)
      let middle = clock.now
      data = answer.jsonData()
      let end = clock.now
      if let error = answer.errors.first { throw error }
      times.execute.append((middle - start).milliseconds)
      times.json.append((end - middle).milliseconds)
    }
    times.digest = try Self.digest(of: data)
    times.bytes = data.count
    print(String(decoding: try JSONEncoder().encode(times), as: UTF8.self))
  }

  /// SHA-256, by the system's own program: the benchmark needs no library for it.
  private static func digest(of data: Data) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: "answer-\(UUID()).json")
    try data.write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/sha256sum")
    process.arguments = [file.path()]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    return String(decoding: text.prefix(64), as: UTF8.self)
  }
}

extension Duration {
  var milliseconds: Double { self / .milliseconds(1) }
}
