import Foundation
import ICalendar

// read_write.py runs this: PROGRAM MODE FILE ROUNDS [TIMES], and reads one line of JSON. A round does the work so many
// times, for files that are too small for a clock.
// Modes: tree (all lines and components), model (events, typed), stream (in pieces of 64 KiB), inspect (strict),
// write (the tree) and write-model.

let limits = ReadingLimits(bytes: .max, lineBytes: 1 << 26, lines: .max)

/// The best of several rounds; letting go of what was made last is no part of it, as on the other side.
func measured<Made>(_ rounds: Int, of times: Int, _ count: (Made) -> Int, _ work: () throws -> Made) rethrows
  -> (
    best: Double, count: Int
  )
{
  var (best, found) = (Double.infinity, 0)
  for _ in 0..<rounds {
    // The processor's time, which other programs on the machine disturb least; nothing here waits or has threads.
    let start = clock()
    for _ in 1..<times { _ = try work() }
    let made = try work()
    best = min(best, Double(clock() - start) / Double(CLOCKS_PER_SEC))
    found = count(made)
  }
  return (best, found)
}

/// The peak of resident memory in octets, as the kernel has it.
func peakMemory() -> Int {
  let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") } ?? ""
  return (Int(line.filter(\.isNumber)) ?? 0) * 1024
}

func stream(_ path: String) throws -> Int {
  guard let file = FileHandle(forReadingAtPath: path) else { return 0 }
  defer { try? file.close() }
  var stream = ComponentStream(limits: limits)
  var count = 0
  func tally(_ elements: [ComponentStream.Element]) {
    for case .component(let component) in elements where component.name == "VEVENT" { count += 1 }
  }
  while let chunk = try file.read(upToCount: 65_536), !chunk.isEmpty { tally(try stream.push(chunk)) }
  tally(try stream.finish())
  return count
}

let arguments = CommandLine.arguments
guard (4...5).contains(arguments.count), let rounds = Int(arguments[3]),
  let times = arguments.count == 5 ? Int(arguments[4]) : 1
else {
  print("usage: ReadWrite tree|model|stream|inspect|write|write-model FILE ROUNDS [TIMES]")
  exit(2)
}
let isStream = arguments[1] == "stream"
let bytes = isStream ? [] : [UInt8](FileManager.default.contents(atPath: arguments[2]) ?? Data())
let size = (try? FileManager.default.attributesOfItem(atPath: arguments[2])[.size] as? Int) ?? 0
let result: (best: Double, count: Int)
switch arguments[1] {
case "tree":
  result = try measured(rounds, of: times, { $0.first?.components.count { $0.name == "VEVENT" } ?? 0 }) {
    try Component.parse(bytes, limits: limits)
  }
case "model":
  result = try measured(rounds, of: times, { $0.events.count }) {
    try CalendarObject.parse(bytes, limits: limits)
  }
case "inspect":
  result = try measured(rounds, of: times, \.components.count) {
    try Component.inspect(bytes, limits: limits)
  }
case "stream": result = try measured(rounds, of: times, { $0 }) { try stream(arguments[2]) }
case "write":
  let root = try Component.parse(bytes, limits: limits)
  result = measured(rounds, of: times, \.count) { root[0].serialized() }
case "write-model":
  let object = try CalendarObject.parse(bytes, limits: limits)
  result = measured(rounds, of: times, \.count) { object.serialized() }
default: exit(2)
}
let rate = Double(size * times) / 1_000_000 / result.best
print("{\"rate\": \(rate), \"count\": \(result.count), \"peak\": \(peakMemory())}")
