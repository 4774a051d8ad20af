import Foundation

/// A PostgreSQL server of a test's own, to be stopped, started and killed.
///
/// `scripts/throwaway-postgres` says where PostgreSQL's programs are.
package final class OwnPostgreSQL: Sendable {
  package struct Failed: Error, CustomStringConvertible {
    package let description: String
  }

  /// How sessions that are still there are treated: waited for, ended, or left to be recovered from.
  package enum Stop: String {
    case smart
    case fast
    case immediate
  }

  /// A folder that the server's user can read; the data is in `data` there.
  package let folder: String
  package let port: Int
  private let binaries: String
  private let password: String
  private let options: String

  /// Makes a server and starts it.
  ///
  /// `options` are given to the server as they are ("-c ssl=on"); `prepare` may put files for them into its folder.
  /// With `original`, which must be stopped, it has the same data and goes its own way from there.
  package init(
    options: (String) -> String = { _ in "" },
    encoding: String = "UTF8",
    copying original: OwnPostgreSQL? = nil,
    prepare: (OwnPostgreSQL) throws -> Void = { _ in }
  ) throws {
    let environment = ProcessInfo.processInfo.environment
    guard let binaries = environment["PHOS_TEST_POSTGRES_BIN"],
      let shared = environment["PHOS_TEST_POSTGRES_DATA"]
    else { throw ScratchPostgreSQL.Missing() }
    self.binaries = binaries
    // The folder lies beside the shared one, where the script stops the server if the tests no longer can.
    folder = URL(filePath: shared).deletingLastPathComponent().path + "/own-" + UUID().uuidString
    port = try LoopbackSocket.freePort()
    self.options = options(folder)
    password = original?.password ?? UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    if Self.isRoot { try run("/bin/chown", ["nobody", folder], asServer: false) }
    if let original {
      try run("/bin/cp", ["-r", "\(original.folder)/data", "\(folder)/data"])
    } else {
      try Data(password.utf8).write(to: URL(filePath: folder + "/password"))
      try run(
        "\(binaries)/initdb",
        [
          "-D", "\(folder)/data", "-U", "phos", "-E", encoding, "--locale=C", "--auth=scram-sha-256",
          "--pwfile=\(folder)/password", "--no-sync",
        ]
      )
    }
    try prepare(self)
    try start()
  }

  deinit {
    try? stop(.immediate)
    try? FileManager.default.removeItem(atPath: folder)
  }

  package func url(port: Int? = nil, host: String = "127.0.0.1", parameters: String = "") -> String {
    "postgres://phos:\(password)@\(host):\(port ?? self.port)/postgres\(parameters)"
  }

  package func start() throws {
    let settings =
      "-p \(port) -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c log_statement=all "
      + options
    try control(["-l", "\(folder)/server.log", "-o", settings, "-t", "30", "-w", "start"])
  }

  package func stop(_ mode: Stop) throws { try control(["-m", mode.rawValue, "-t", "30", "stop"]) }

  /// Tells the server to stop once every session has ended, and does not wait for it: it takes nobody in.
  package func beginStopping() throws { try control(["-m", "smart", "-W", "stop"]) }

  package func restart(_ mode: Stop) throws {
    try stop(mode)
    try start()
  }

  /// Makes it a server that only follows another, and takes no changes, when it starts again.
  package func becomeStandby() throws {
    try run("/usr/bin/touch", ["\(folder)/data/standby.signal"])
    try restart(.fast)
  }

  /// Ends that.
  package func promote() throws { try control(["-t", "30", "promote"]) }

  private func control(_ arguments: [String]) throws {
    try run("\(binaries)/pg_ctl", ["-D", "\(folder)/data", "-s"] + arguments)
  }

  private static var isRoot: Bool { geteuid() == 0 }

  /// Runs a program, as the server's user unless told otherwise: PostgreSQL refuses to run as root.
  package func run(_ program: String, _ arguments: [String], asServer: Bool = true) throws {
    let other =
      asServer && Self.isRoot ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : []
    guard try ended(["/usr/bin/env", "-C", "/"] + other + [program] + arguments) == 0 else {
      let log = (try? String(contentsOfFile: "\(folder)/server.log", encoding: .utf8)) ?? ""
      throw Failed(description: "\(program) \(arguments.last ?? "") failed\n\(log.suffix(2000))")
    }
  }
}

/// Runs a program in silence until it ends; its status.
///
/// Foundation's `Process` would wait for the server that the program leaves behind, too.
private func ended(_ command: [String]) throws -> Int32 {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  for descriptor in 0...2 as ClosedRange<Int32> {
    posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
  }
  var pid = pid_t()
  let arguments = command.map { strdup($0) } + [nil]
  defer { for argument in arguments { free(argument) } }
  let failure = posix_spawn(&pid, command.first ?? "", &actions, nil, arguments, environ)
  guard failure == 0 else { throw OwnPostgreSQL.Failed(description: "\(command) cannot be run: \(failure)") }
  var status: Int32 = 0
  while waitpid(pid, &status, 0) < 0, errno == EINTR {}
  return status
}
