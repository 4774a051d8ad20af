import CalendarCore
import CalendarService
import DatabaseTestSupport
import Foundation

/// Servers that come and go on one database; those that were killed are replaced.
struct ServerPool {
  let database: any Database
  let provider: ModelProvider
  let clock: TurnedClock
  private var servers: [(process: MortalProcess, useCases: UseCases)] = []
  private var started = 0

  init(_ database: any Database, _ provider: ModelProvider, _ clock: TurnedClock) {
    (self.database, self.provider, self.clock) = (database, provider, clock)
  }

  /// One that runs.
  mutating func any(_ random: inout SeededRandom) -> UseCases { running(&random).useCases }

  /// Likewise with the process that it is.
  mutating func running(_ random: inout SeededRandom) -> (process: MortalProcess, useCases: UseCases) {
    servers.removeAll { $0.process.isDead }
    while servers.count < 2 || (started < 3 && random.chance(0.3)) {
      let process = MortalProcess(seed: random.next())
      servers.append((process, server(process, "server \(started)")))
      started += 1
    }
    return servers[Int.random(in: 0..<servers.count, using: &random)]
  }

  /// One that nothing can happen to.
  func immortal() -> UseCases { server(MortalProcess(seed: 0, immortal: true), "immortal") }

  private func server(_ process: MortalProcess, _ name: String) -> UseCases {
    .server(on: database, process, provider, clock: clock.wallClock, name: name)
  }
}
