import CalendarCore
import CalendarService
import Foundation
import ICalendar
import JobQueue
import Synchronization
import TestSupport
import Testing

/// One random history: what people asked for, through servers that were killed, and what came of it.
struct Schedule {
  /// One meeting that a person requested, once.
  private struct Wish {
    let title: String
    /// Whether it is held in a room of another service.
    let hasRoom: Bool
    let key: String?
    let account: ConnectedAccount.ID
    /// Answered with success, at least once.
    var accepted: CalendarEvent.ID?
    /// The last answer was a refusal.
    var isRefused = false
    /// An answer was lost.
    var isInDoubt = false
  }

  private enum Reply: Sendable {
    case event(CalendarEvent.ID)
    case refusal
    case nothing
  }

  private let seed: UInt64
  private let database: any Database
  private let provider: ModelProvider
  private let rooms: ModelRooms
  private let clock: ManualClock
  private let caller: Caller
  private let accounts: [ConnectedAccount.ID]
  private var random: SeededRandom
  private var pool: ServerPool
  private var wishes: [Wish] = []

  init(seed: UInt64, on database: any Database) async throws {
    self.seed = seed
    self.database = database
    random = SeededRandom(seed: seed)
    let clock = ManualClock(Date(timeIntervalSince1970: 1_780_300_800))
    provider = ModelProvider(seed: random.next(), clock: clock.wallClock)
    self.clock = clock
    rooms = ModelRooms(seed: random.next())
    pool = ServerPool(database, provider, clock)
    pool.rooms = rooms
    let workspace = try await pool.immortal().access.createWorkspace(displayName: "Schedule")
    (caller, accounts) = try await Self.people(in: workspace, database, provider.providerID)
  }

  /// Plays the history, ends the faults, and compares both sides.
  mutating func play() async throws {
    for number in 0..<Int.random(in: 2...6, using: &random) {
      wishes.append(
        Wish(
          title: "Meeting \(number)",
          hasRoom: random.chance(0.4),
          key: random.chance(0.8) ? "key-\(number)" : nil,
          account: accounts[Int.random(in: 0..<accounts.count, using: &random)]
        )
      )
      try await ask(for: number)
      if random.chance(0.4) { clock.advance(by: jump()) }
      if random.chance(0.5) { try? await pool.any(&random).runner.runDueJobs() }
    }
    try await settle()
    try await compare()
  }

  /// The person asks, perhaps with a double click, and asks again when no answer came.
  private mutating func ask(for number: Int) async throws {
    let wish = wishes[number]
    for attempt in 0..<4 {
      let clicks = wish.key != nil && random.chance(0.3) ? 2 : 1
      let chosen = (0..<clicks).map { _ in pool.any(&random) }
      var input = Self.input(wish.title, key: wish.key, wish.account)
      if wish.hasRoom { input.conferenceProviderID = ModelRooms.id }
      let replies = await withTaskGroup(of: Reply.self) { [caller] group in
        for server in chosen { group.addTask { [input] in await Self.reply(of: server, to: input, caller) } }
        return await group.reduce(into: [Reply]()) { $0.append($1) }
      }
      for reply in replies {
        switch reply {
        case .event(let id): wishes[number].accepted = id
        case .refusal: wishes[number].isRefused = true
        case .nothing: wishes[number].isInDoubt = true
        }
      }
      let isAnswered = replies.contains { if case .nothing = $0 { false } else { true } }
      // Without a key nobody can ask again and mean the same.
      if isAnswered || wish.key == nil || attempt == 3 || random.chance(0.2) { return }
    }
  }

  private static func reply(
    of server: UseCases,
    to input: CreateEventInput,
    _ caller: Caller
  ) async -> Reply {
    do { return .event(try await server.events.create(input, caller: caller).event.id) } catch {
      return error is ProviderRejection || error is FirstRequestRefused ? .refusal : .nothing
    }
  }

  /// Everything works again: what was accepted arrives.
  private func settle() async throws {
    provider.clearUp()
    rooms.clearUp()
    let isSettled = try await pool.settle()
    try #require(isSettled, "jobs never end; seed \(seed)")
  }

  private func compare() async throws {
    let (here, dead) = try await database.read(caller.workspaceID) { [accounts] reader in
      (
        try reader.events.list(
          from: .distantPast,
          to: .distantFuture,
          accountID: nil,
          after: nil,
          limit: 1000
        ),
        try reader.jobs.discarded(resources: accounts.map(\.uuid), limit: 1000).map(\.job.eventID)
      )
    }
    let there = provider.titles
    let synced = here.filter { $0.push.status == .synced }
    #expect(Set(synced.map(\.id)) == Set(there.keys), "here and there differ; seed \(seed)")
    for event in here where event.push.status != .synced {
      // Refused for good after it was accepted: never silently.
      #expect(event.push.status == .failed && event.push.error != nil, "\(event.push); seed \(seed)")
      #expect(dead.contains(event.id), "no dead letter; seed \(seed)")
    }
    // None twice, none left over by what was refused, and none missing.
    let wanted = here.filter { $0.conference.providerID == ModelRooms.id }
    let left = rooms.rooms.subtracting(wanted.compactMap(\.conference.requestID))
    #expect(left.isEmpty, "\(left.count) rooms are nobody's; seed \(seed)")
    for event in wanted where event.push.status == .synced {
      #expect(event.conference.requestID.map(rooms.rooms.contains) == true, "a room is missing; seed \(seed)")
      #expect(event.conference.status == .success, "its link is missing; seed \(seed)")
    }
    for wish in wishes {
      let mine = here.filter { $0.title == wish.title }
      #expect(mine.count <= 1, "\(wish) was made twice here; seed \(seed)")
      #expect(there.values.count { $0 == wish.title } <= 1, "\(wish) was made twice there; seed \(seed)")
      if let id = wish.accepted {
        #expect(mine.map(\.id) == [id], "\(wish) was accepted and is lost; seed \(seed)")
      } else if wish.isRefused, !wish.isInDoubt {
        #expect(mine.isEmpty, "\(wish) was refused and is here; seed \(seed)")
      }
    }
  }

  /// The time that passes next: mostly a while, sometimes a change of the clock.
  private mutating func jump() -> TimeInterval {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: -3600
    case 1: 7200
    default: Double(Int.random(in: 0..<40, using: &random))
    }
  }

  private static func input(
    _ title: String,
    key: String?,
    _ account: ConnectedAccount.ID
  ) -> CreateEventInput {
    func time(_ hour: Int) -> RequestedInstant {
      let instant = Date(timeIntervalSince1970: 1_780_400_000 + Double(hour) * 3600)
      return RequestedInstant(
        instant: instant,
        writtenDate: ZonedDateTime(instant: instant, zone: .utc).local.date
      )
    }
    var input = CreateEventInput(
      title: title,
      startsAt: time(0),
      endsAt: time(1),
      connectedAccountID: account
    )
    input.idempotencyKey = key
    return input
  }

  static func people(
    in workspace: Workspace,
    _ database: any Database,
    _ provider: AccountProviderID
  ) async throws -> (Caller, [ConnectedAccount.ID]) {
    let email = try #require(EmailAddress("member-\(UUID().uuidString.lowercased())@phos.example"))
    let member = WorkspaceMember(
      id: .init(UUID()),
      workspaceID: workspace.id,
      email: email,
      displayName: "Member",
      timeZone: .utc
    )
    try await database.write(workspace.id) { try $0.members.insert(member, passwordHash: nil) }
    var accounts: [ConnectedAccount.ID] = []
    for number in 0..<2 {
      let account = ConnectedAccount(
        id: .init(UUID()),
        ownerID: member.id,
        provider: provider,
        handle: try #require(EmailAddress("account-\(number)@phos.example")),
        displayName: "Model",
        grantedScopes: [],
        sendsInvitations: true
      )
      let channel = CalendarChannel(
        id: .init(UUID()),
        accountID: account.id,
        handle: "Main",
        externalID: "primary",
        isPrimary: true,
        conferenceSolutions: []
      )
      try await database.write(workspace.id) { transaction in
        try transaction.accounts.insert(account, sealedCredentials: nil)
        try transaction.accounts.insert(channel)
      }
      accounts.append(account.id)
    }
    return (Caller(workspaceID: workspace.id, memberID: member.id), accounts)
  }
}
