import ArgumentParser
import Foundation

/// Hands over to the executable `phos-demo`, so that the emulators of the demo are no part of `phos`.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Run a seeded workspace with emulated providers and a mail sink on this machine.",
    discussion: "Starts the executable phos-demo next to phos. `phos demo --help` lists its options."
  )

  @Argument(parsing: .captureForPassthrough, help: "Options of phos-demo.")
  var options: [String] = []

  func run() throws {
    let phos = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    let folder = phos.resolvingSymlinksInPath().deletingLastPathComponent()
    let demo = folder.appendingPathComponent("phos-demo").path
    let problem = Self.replaceProcess(with: demo, arguments: options)
    throw DemoUnavailable(folder: folder.path, problem: problem)
  }

  /// Runs another executable in this process, with the same environment and standard streams.
  ///
  /// Returns only when that fails, with the number of the error.
  private static func replaceProcess(with path: String, arguments: [String]) -> Int32 {
    // Worker threads block most signals, and the other executable would start with the mask of this thread.
    var noSignals = sigset_t()
    sigemptyset(&noSignals)
    pthread_sigmask(SIG_SETMASK, &noSignals, nil)
    let strings = ([path] + arguments).map { strdup($0) }
    execv(path, strings + [nil])
    let problem = errno
    for string in strings { free(string) }
    return problem
  }
}

/// The demo's executable is missing or cannot be started.
struct DemoUnavailable: Error, CustomStringConvertible {
  let folder: String
  /// The number of the system's error.
  let problem: Int32

  var description: String {
    if problem == ENOENT {
      return """
        The demo is a separate executable: build it with `swift build --product phos-demo`, and put it next to \
        phos, in \(folder).
        """
    }
    return "\(folder)/phos-demo can't be started: \(String(cString: strerror(problem)))."
  }
}
