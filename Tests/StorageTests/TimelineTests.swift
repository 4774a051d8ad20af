import CalendarCore
import Foundation
import Testing

@testable import Storage

@Suite(.timeLimit(.minutes(5))) struct TimelineTests {
  /// Two people of the fixture's company, one outsider, an opportunity of the company with the outsider as contact,
  /// and events that belong to each in one way.
  private func prepare(_ database: any TestedDatabase, _ fixture: TestWorkspace) async throws {
    let colleague = Person(
      id: id(1),
      firstName: "Co",
      emails: [try address("co@example.com")],
      companyID: fixture.company.id
    )
    let outsider = Person(
      id: id(2),
      firstName: "Out",
      emails: [try address("out@example.com"), try address("öut@example.com")]
    )
    let deal = Opportunity(
      id: id(3),
      name: "Deal",
      companyID: fixture.company.id,
      pointOfContactID: outsider.id
    )
    let ways: [(guests: [String], links: EventLinks)] = [
      (["AEGIR@example.org"], .init()),
      (["ÆGIR@example.is", "aegir@example.org"], .init()),
      ([], .init(personIDs: [fixture.person.id])),
      (["co@example.com"], .init()),
      ([], .init(companyID: fixture.company.id)),
      ([], .init(opportunityID: deal.id)),
      (["ÖUT@example.com"], .init()),
      (
        ["aegir@example.org", "co@example.com", "out@example.com"],
        .init(
          personIDs: [fixture.person.id, outsider.id],
          companyID: fixture.company.id,
          opportunityID: deal.id
        )
      ),
      (["nobody@example.com"], .init()),
    ]
    try await database.write(fixture.workspace.id) { transaction in
      try transaction.events.delete(fixture.event.id)
      try transaction.records.insert(colleague)
      try transaction.records.insert(outsider)
      try transaction.records.insert(deal)
      for (number, way) in ways.enumerated() {
        // Two start at the same instant: the id decides.
        var event = try fixture.meeting(number, hours(Double(number / 2), 9), guests: way.guests)
        event.links = way.links
        try transaction.events.insert(event, idempotencyKey: nil, fingerprint: nil)
      }
    }
  }

  @Test(
    arguments: Engine.allCases,
    [
      (RecordReference.person(id(1004)), [7, 2, 1, 0]),
      (.person(id(1)), [7, 3]),
      (.person(id(2)), [7, 6]),
      (.company(id(1003)), [7, 4, 3, 2, 1, 0]),
      (.opportunity(id(3)), [7, 6, 5, 4, 3, 2, 1, 0]),
      (.opportunity(id(1005)), [7, 4, 3, 2, 1, 0]),
      (.person(id(999)), []),
    ]
  )
  func `a record's events, newest first, each once`(
    engine: Engine,
    expectation: (record: RecordReference, events: [Int])
  ) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    try await prepare(database, fixture)
    let record = expectation.record
    let (pages, count) = try await database.read(fixture.workspace.id) { reader in
      let pages = try (0..<5).map { try reader.events.timeline(of: record, offset: $0 * 2, limit: 2) }
      return (pages, try reader.events.timelineCount(of: record))
    }
    #expect(pages.flatMap { $0 }.map(\.title) == expectation.events.map { "Meeting \($0)" })
    #expect(count == expectation.events.count)
  }
}
