import Foundation
import GraphQLEngine

// parse.py runs this: PROGRAM TASK.json, and reads one line of JSON: nanoseconds by document, for each mode.

struct Task: Decodable {
  let schema: String
  let documents: [String]
  /// The numbers of the documents that fit the schema.
  let valid: [Int]
  /// How long a stretch is, and how many there are.
  let milliseconds: Double
  let stretches: Int
}

/// Nanoseconds of one call, in the best of several stretches: other programs on the machine only make it slower.
func measured(_ task: Task, _ work: () throws -> Int) rethrows -> Double {
  var (calls, best) = (1, Double.infinity)
  var stretches = 0
  while stretches < task.stretches {
    let start = ContinuousClock.now
    for _ in 0..<calls where try work() < 0 { exit(1) }
    let passed = (ContinuousClock.now - start) / .nanoseconds(1)
    if passed < task.milliseconds * 0.5e6 {
      calls *= 2
    } else {
      stretches += 1
      best = min(best, passed / Double(calls))
    }
  }
  return best
}

let data = try Data(contentsOf: URL(filePath: CommandLine.arguments[1]))
let task = try JSONDecoder().decode(Task.self, from: data)
let engine = try Measured(sdl: task.schema)
let parsed = try task.documents.map { text in try measured(task) { try Measured.parse(text) } }
let validated = try task.valid.map { number in
  measured(task, try engine.validation(of: task.documents[number]))
}
let answer = try JSONEncoder().encode(["parse": parsed, "validate": validated])
print(String(decoding: answer, as: UTF8.self))
