import Foundation

/// The text that an input stands for, which is told beside the promise that it breaks.
public nonisolated(unsafe) var text = ""

/// Ends the program when what the library promises does not hold.
public func expect(_ holds: Bool, _ promise: String) {
  if holds { return }
  FileHandle.standardError.write(Data("\(text)Broken: \(promise)\n".utf8))
  // Not a trap, which Swift's own report of crashes would take before the fuzzer writes the input down.
  abort()
}

/// Ends the program when something takes longer than its limits allow, in seconds of the processor's time, which do
/// not depend on what else the machine does.
public func expect<Result>(within seconds: Double, _ promise: String, _ action: () -> Result) -> Result {
  let start = clock()
  let result = action()
  expect(Double(clock() - start) / Double(CLOCKS_PER_SEC) < seconds, promise)
  return result
}
