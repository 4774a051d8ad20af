import CalendarCore
import CalendarService
import Foundation
import JobQueue
import Synchronization
import TestSupport

/// Servers that come and go on one database; those that were killed are replaced.
struct ServerPool {
  let database: any Database
  let provider: ModelProvider
  let clock: ManualClock
  var rooms: ModelRooms?
  private var servers: [(process: MortalProcess, useCases: UseCases)] = []
  private var made = 0
  private let population = Population()

  init(_ database: any Database, _ provider: ModelProvider, _ clock: ManualClock) {
    self.database = database
    self.provider = provider
    self.clock = clock
  }

  /// A running server.
  mutating func any(_ random: inout SeededRandom) -> UseCases { running(&random).useCases }

  /// A running server, together with its process.
  mutating func running(_ random: inout SeededRandom) -> (process: MortalProcess, useCases: UseCases) {
    servers.removeAll { $0.process.isDead }
    while servers.count < 2 || (made < 3 && random.chance(0.3)) {
      let process = MortalProcess(seed: random.next())
      servers.append((process, server(process, "server \(made)")))
      made += 1
    }
    return servers[Int.random(in: 0..<servers.count, using: &random)]
  }

  /// One that nothing can happen to.
  func immortal() -> UseCases { server(MortalProcess(seed: 0, immortal: true), "immortal") }

  /// Lets everything run that is to be run, on a server that nothing can happen to: whether there is an end to it.
  func settle() async throws -> Bool {
    let survivor = immortal()
    for _ in 0..<200 {
      // What an open transaction holds cannot be run, and the clock must not race what the disk takes its time for.
      try await waitUntil { !population.isInTransaction }
      try await survivor.runner.runDueJobs()
      // An expired lease does not say when its job is due, which may be in an hour since the clock was set back. A job
      // that is nevertheless overdue was held until just now by a run that has ended.
      var due = try await nextDue(after: clock.now)
      if due == nil { due = try await nextDue(after: .distantPast) }
      guard let due else { return true }
      clock.advance(by: max(1, due.timeIntervalSince(clock.now)))
    }
    return false
  }

  private func nextDue(after instant: Date) async throws -> Date? {
    try await database.systemRead { try $0.nextJobDue(after: instant) }
  }

  private func server(_ process: MortalProcess, _ name: String) -> UseCases {
    population.add(process)
    return .server(on: database, process, provider, rooms: rooms, clock: clock.wallClock, name: name)
  }

  /// All processes ever started, including killed and immortal ones: they, too, may still be at work on something that
  /// nobody waits for.
  private final class Population: Sendable {
    private let processes = Mutex<[MortalProcess]>([])

    var isInTransaction: Bool { processes.withLock { $0.contains(where: \.isInTransaction) } }

    func add(_ process: MortalProcess) { processes.withLock { $0.append(process) } }
  }
}
