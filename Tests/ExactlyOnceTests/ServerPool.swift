import CalendarCore
import CalendarService
import DatabaseTestSupport
import Foundation

/// Servers that come and go on one database; those that were killed are replaced.
struct ServerPool {
  let database: any Database
  let provider: ModelProvider
  let clock: TurnedClock
  var rooms: ModelRooms?
  private var servers: [(process: MortalProcess, useCases: UseCases)] = []
  /// Also those that were killed.
  private var everyProcess: [MortalProcess] = []

  init(_ database: any Database, _ provider: ModelProvider, _ clock: TurnedClock) {
    (self.database, self.provider, self.clock) = (database, provider, clock)
  }

  /// One that runs.
  mutating func any(_ random: inout SeededRandom) -> UseCases { running(&random).useCases }

  /// Likewise with the process that it is.
  mutating func running(_ random: inout SeededRandom) -> (process: MortalProcess, useCases: UseCases) {
    servers.removeAll { $0.process.isDead }
    while servers.count < 2 || (everyProcess.count < 3 && random.chance(0.3)) {
      let process = MortalProcess(seed: random.next())
      servers.append((process, server(process, "server \(everyProcess.count)")))
      everyProcess.append(process)
    }
    return servers[Int.random(in: 0..<servers.count, using: &random)]
  }

  /// One that nothing can happen to.
  func immortal() -> UseCases { server(MortalProcess(seed: 0, immortal: true), "immortal") }

  /// Lets everything run that is to be run, on a server that nothing can happen to: whether there is an end to it.
  func settle() async throws -> Bool {
    let survivor = immortal()
    var turns = 0
    while let due = try await database.systemRead({ try $0.nextJobDue(after: .distantPast) }) {
      // What an open transaction holds cannot be run, and the clock must not race what the disk takes its time for.
      while everyProcess.contains(where: \.isInTransaction) { await Task.yield() }
      clock.advance(by: max(1, due.timeIntervalSince(clock.now)))
      try await survivor.runner.runDueJobs()
      turns += 1
      guard turns < 200 else { return false }
    }
    return true
  }

  private func server(_ process: MortalProcess, _ name: String) -> UseCases {
    .server(on: database, process, provider, rooms: rooms, clock: clock.wallClock, name: name)
  }
}
