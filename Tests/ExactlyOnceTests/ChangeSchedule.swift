import CalendarCore
import CalendarService
import Foundation
import ICalendar
import JobQueue
import TestSupport
import Testing

/// One random history of meetings that are made, changed, divided and deleted, here and in people's own calendars.
struct ChangeSchedule {
  /// How a request ended for its caller.
  enum Outcome<Value> {
    case accepted(Value)
    /// Nothing is different.
    case refused
    /// No answer.
    case doubtful
  }

  struct JobsNeverEnd: Error {}

  static let base = Date(timeIntervalSince1970: 1_783_000_000)
  static let week: TimeInterval = 7 * 86_400

  let seed: UInt64
  let database: any Database
  let provider: ModelProvider
  let clock: ManualClock
  let caller: Caller
  let accounts: [ConnectedAccount.ID]
  var random: SeededRandom
  var pool: ServerPool
  var meetings: [ExpectedMeeting] = []
  var series: [ExpectedSeries] = []
  var history: [String] = []
  private var words = 0

  init(seed: UInt64, on database: any Database) async throws {
    self.seed = seed
    self.database = database
    random = SeededRandom(seed: seed)
    clock = ManualClock(Date(timeIntervalSince1970: 1_780_300_800))
    provider = ModelProvider(seed: random.next(), clock: clock.wallClock)
    pool = ServerPool(database, provider, clock)
    let setUp = pool.immortal()
    let workspace = try await setUp.access.createWorkspace(displayName: "Schedule")
    (caller, accounts) = try await Schedule.people(in: workspace, database, provider.providerID)
    let channels = try await database.read(workspace.id) { [accounts] in
      try $0.accounts.channels(accountIDs: accounts)
    }
    for channel in channels {
      var changes = UpdateChannel.Changes()
      changes.conflictResolution = ConflictResolutionStrategy.allCases.randomElement(using: &random)
      note("\(channel.accountID) \(changes.conflictResolution.map { "\($0)" } ?? "")")
      _ = try await setUp.accounts.updateChannel(channel.id, changes, caller: caller)
    }
  }

  mutating func play() async throws {
    for number in 0..<Int.random(in: 1...2, using: &random) { await makeMeeting(number) }
    if random.chance(0.6) { await makeSeries() }
    for _ in 0..<Int.random(in: 4...12, using: &random) {
      // So that no two things happen at one instant.
      clock.advance(by: 0.01)
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<5: try await somethingWithAMeeting()
      case 5..<8: try await somethingWithASeries()
      default: clock.advance(by: Double(Int.random(in: 0..<40, using: &random)))
      }
      if random.chance(0.4) { try? await pool.any(&random).runner.runDueJobs() }
    }
    try await finish()
  }

  mutating func note(_ line: String) { history.append(line) }

  /// A text that nobody has used before.
  mutating func word(_ kind: String) -> String {
    words += 1
    return "\(kind)\(words)"
  }

  /// Asks one of the servers.
  mutating func ask<Value: Sendable>(
    _ what: String,
    _ request: (UseCases) async throws -> Value
  ) async -> Outcome<Value> {
    let server = pool.running(&random)
    let outcome = await Self.outcome(of: server.process) { try await request(server.useCases) }
    note("\(what): \(outcome)")
    return outcome
  }

  /// Nobody hears of what a dead server has to say.
  static func outcome<Value: Sendable>(
    of process: MortalProcess? = nil,
    _ request: () async throws -> Value
  ) async -> Outcome<Value> {
    do {
      let value = try await request()
      return process?.isDead == true ? .doubtful : .accepted(value)
    } catch {
      // What was changed and is gone by the time of the answer was changed all the same.
      if process?.isDead == true || error is EventDeleted { return .doubtful }
      return error is any UseCaseError ? .refused : .doubtful
    }
  }

  func stored(_ id: CalendarEvent.ID) async throws -> CalendarEvent? {
    try await database.read(caller.workspaceID) { try $0.events.find(id) }
  }

  /// The events of a list.
  func listed() async throws -> [CalendarEvent] {
    try await pool.immortal().events.queries.events(
      from: Self.base.addingTimeInterval(-86_400),
      to: Self.base.addingTimeInterval(20 * Self.week),
      in: .all,
      first: nil,
      after: nil,
      caller: caller
    ).page.events.map(\.event)
  }

  /// Lets everything run that is to be run.
  func settle() async throws {
    guard try await !pool.settle() else { return }
    fail("jobs never end")
    throw JobsNeverEnd()
  }

  func fail(_ what: String) {
    Issue.record("\(what); seed \(seed)\n\(history.joined(separator: "\n"))")
  }

  func input(_ title: String, at start: Date) -> CreateEventInput {
    func written(_ instant: Date) -> RequestedInstant {
      RequestedInstant(
        instant: instant,
        writtenDate: ZonedDateTime(instant: instant, zone: .utc).local.date
      )
    }
    return CreateEventInput(
      title: title,
      startsAt: written(start),
      endsAt: written(start.addingTimeInterval(3600)),
      connectedAccountID: accounts[0]
    )
  }
}
