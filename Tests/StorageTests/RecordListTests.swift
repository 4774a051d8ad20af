import CalendarCore
import Foundation
import Testing

@testable import Storage

@Suite(.timeLimit(.minutes(5))) struct RecordListTests {
  private func people(_ database: any TestedDatabase, _ fixture: TestWorkspace, search: String) async throws
    -> [String]
  {
    try await database.read(fixture.workspace.id) {
      try $0.records.people(PageRequest(search: search, limit: 50)).compactMap(\.row.lastName)
    }
  }

  @Test(
    arguments: Engine.allCases,
    [
      ("ólafs", ["Ólafsson"]), ("ÓLAFS", ["Ólafsson"]), ("O\u{301}lafs", ["Ólafsson"]),
      ("ægir ól", ["Ólafsson"]), ("EXAMPLE.IS", ["Ólafsson"]), ("%", ["100%"]), ("_", ["Under_score"]),
      ("\\", ["Back\\slash"]), ("ólafsson\naegir@", []),
      ("", ["100%", "Back\\slash", "Under_score", "Ólafsson"]),
      (String(repeating: "a", count: 100_000), []),
    ]
  )
  func `people are found by a part of their name or address`(
    engine: Engine,
    search: (text: String, found: [String])
  ) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    try await database.write(fixture.workspace.id) { transaction in
      for (number, name) in ["100%", "Back\\slash", "Under_score"].enumerated() {
        try transaction.records.insert(Person(id: id(number), lastName: name))
      }
    }
    #expect(try await people(database, fixture, search: search.text).sorted() == search.found.sorted())
  }

  @Test(arguments: Engine.allCases)
  func `companies are found by name or domain, opportunities by name`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    try await database.read(fixture.workspace.id) { reader throws in
      #expect(
        try reader.records.companies(PageRequest(search: "ŁÓDŹ", limit: 9)).map(\.row) == [fixture.company]
      )
      #expect(
        try reader.records.companies(PageRequest(search: "söhne.EX", limit: 9)).map(\.row) == [
          fixture.company
        ]
      )
      #expect(try reader.records.companies(PageRequest(search: "x.y", limit: 9)).isEmpty)
      #expect(
        try reader.records.opportunities(PageRequest(search: "großa", limit: 9)).map(\.row) == [
          fixture.opportunity
        ]
      )
      #expect(try reader.records.opportunities(PageRequest(search: "x", limit: 9)).isEmpty)
      #expect(try reader.records.people(PageRequest(limit: -1)).isEmpty)
    }
  }

  @Test(arguments: Engine.allCases, [1, 3, 7, 100])
  func `pages cover every row exactly once, in order`(engine: Engine, size: Int) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    // Many share a name, so that only the id tells them apart.
    try await database.write(fixture.workspace.id) { transaction in
      for number in 0..<40 {
        try transaction.records.insert(
          Company(id: id(number), name: ["Beta", "alpha", "Ärmel", "BETA"][number % 4])
        )
      }
    }
    let ids = try await database.read(fixture.workspace.id) { reader in
      var rows: [Paged<Company>] = []
      var page = PageRequest(limit: size)
      repeat {
        let next = try reader.records.companies(page)
        rows += next
        page.after = next.last?.cursor
        if next.isEmpty { break }
      } while true
      return rows.map { "\($0.row.name.lowercased()) \($0.row.id)" }
    }
    #expect(ids.count == 41 && Set(ids).count == 41)
    #expect(ids.first?.hasPrefix("alpha") == true)
  }

  @Test(arguments: Engine.allCases)
  func `an address leads to the person for whom it comes first`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    let shared = try address("Shared@example.com")
    let second = Person(id: id(1), firstName: "B", emails: [try address("b@example.com"), shared])
    let first = Person(id: id(2), firstName: "A", emails: [shared])
    try await database.write(fixture.workspace.id) { transaction throws in
      try transaction.records.insert(second)
      try transaction.records.insert(first)
      let asked = [
        try address("sHARED@example.com"), try address("ÆGIR@EXAMPLE.IS"), try address("x@y.example"),
      ]
      let found = try transaction.records.people(emails: asked)
      #expect(found == [asked[0]: first, asked[1]: fixture.person])
      #expect(try transaction.records.people(emails: []).isEmpty)
      #expect(
        try transaction.records.people(companyIDs: [fixture.company.id], limitEach: 5) == [fixture.person]
      )
    }
  }

  @Test(arguments: Engine.allCases)
  func `thousands of ids are asked for in slices`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    let ids: [Company.ID] = (0..<70_000).map { id($0 + 1_000_000) } + [fixture.company.id]
    #expect(
      try await database.read(fixture.workspace.id) { try $0.records.companies(ids: ids) } == [
        fixture.company
      ]
    )
  }
}
