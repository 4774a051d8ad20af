import CalendarCore
import CalendarService
import Crypto
import Foundation
import JobQueue
import Logging
import Synchronization
import TestSupport

/// The process was killed: nothing it does afterwards happens.
struct Killed: Error {}

/// A server that may be killed at any of its steps, and whose disk may be full, on a database that outlives it.
///
/// Every step that another process or the world can see is a transaction or a call to a provider, so a kill before,
/// after and between them is a kill anywhere.
final class MortalProcess: Sendable {
  private struct State {
    var random: SeededRandom
    var isDead = false
    var stepsUnderWay = 0
  }

  fileprivate enum Fate {
    case live
    case dieBefore
    case dieAfter
    case failBefore(StoreError)
    case failAfter(StoreError)
  }

  private let state: Mutex<State>
  fileprivate let isImmortal: Bool

  init(seed: UInt64, immortal: Bool = false) {
    state = Mutex(State(random: SeededRandom(seed: seed)))
    isImmortal = immortal
  }

  var isDead: Bool { state.withLock { $0.isDead } }

  /// Whether a transaction of its own is open, as one can be for a while after its process was killed.
  var isInTransaction: Bool { state.withLock { $0.stepsUnderWay > 0 } }

  fileprivate func fate() throws -> Fate {
    try state.withLock { state in
      if state.isDead { throw Killed() }
      if isImmortal { return .live }
      switch Int.random(in: 0..<1000, using: &state.random) {
      case 0..<25: return .dieBefore
      case 25..<50: return .dieAfter
      case 50..<65: return .failBefore(.unavailable)
      case 65..<75: return .failBefore(.outcomeUnknown)
      case 75..<85: return .failAfter(.outcomeUnknown)
      default: return .live
      }
    }
  }

  fileprivate func die() -> Killed {
    state.withLock { $0.isDead = true }
    return Killed()
  }

  fileprivate func step<T>(_ body: () async throws -> T) async throws -> T {
    let fate = try fate()
    switch fate {
    case .dieBefore: throw die()
    case .failBefore(let error): throw error
    default: break
    }
    state.withLock { $0.stepsUnderWay += 1 }
    defer { state.withLock { $0.stepsUnderWay -= 1 } }
    let result = try await body()
    switch fate {
    case .dieAfter: throw die()
    case .failAfter(let error): throw error
    default: break
    }
    // Another of its steps killed the process, so the caller never gets the result.
    if isDead { throw Killed() }
    return result
  }
}

/// The database as a mortal process reaches it.
struct MortalDatabase: Database {
  let base: any Database
  let process: MortalProcess

  func read<T: Sendable>(
    _ workspace: Workspace.ID,
    _ body: @escaping @Sendable (any WorkspaceReader) throws -> T
  ) async throws -> T { try await process.step { try await base.read(workspace, body) } }

  func write<T: Sendable>(
    _ workspace: Workspace.ID,
    _ body: @escaping @Sendable (any WorkspaceTransaction) throws -> T
  ) async throws -> T { try await process.step { try await base.write(workspace, body) } }

  func systemRead<T: Sendable>(
    _ body: @escaping @Sendable (any SystemReader) throws -> T
  ) async throws -> T { try await process.step { try await base.systemRead(body) } }

  func system<T: Sendable>(
    _ body: @escaping @Sendable (any SystemTransaction) throws -> T
  ) async throws -> T { try await process.step { try await base.system(body) } }
}

extension UseCases {
  /// A server of its own on the database.
  static func server(
    on database: any Database,
    _ process: MortalProcess,
    _ provider: ModelProvider,
    rooms: ModelRooms? = nil,
    clock: WallClock,
    name: String
  ) -> UseCases {
    var parts = UseCases.Parts(
      database: MortalDatabase(base: database, process: process),
      calendars: CalendarProviderRegistry([provider]),
      conferences: ConferenceProviderRegistry(rooms.map { [$0] } ?? []),
      encryptionKeys: EncryptionKeys(SymmetricKey(data: Data(repeating: 7, count: 32))),
      processName: name,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
    parts.clock = clock
    // Only a provider that never answers takes that long. Once the faults have ended there is none, so the final run may
    // wait for a machine that is busy with something else.
    if !process.isImmortal { parts.limits.run = .milliseconds(30) }
    parts.limits.answer = .milliseconds(10)
    return UseCases(parts)
  }
}
