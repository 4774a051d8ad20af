import CalendarCore
import CalendarService
import Foundation
import Testing

/// Requests that arrive at the same moment and use the same unique value.
@Suite(.timeLimit(.minutes(5))) struct ConcurrentRequestTests {
  @Test func `four requests with one key at once send one email`() async throws {
    let fixture = try await TestWorkspace()
    var input = SendEmailInput(
      connectedAccountID: fixture.account,
      to: ["guest@client.example"],
      subject: "Hello",
      body: "<p>Hello</p>"
    )
    for round in 1...4 {
      input.idempotencyKey = "round \(round)"
      let request = input
      let ids = try await withThrowingTaskGroup(of: EmailMessage.ID.self) { group in
        for _ in 0..<4 {
          group.addTask { try await fixture.useCases.mail.send(request, caller: fixture.ada).id }
        }
        return try await group.reduce(into: Set()) { $0.insert($1) }
      }
      #expect(ids.count == 1)
    }
    #expect(fixture.mail.sent.count == 4)
  }

  @Test func `four first changes of one occurrence at once are all accepted`() async throws {
    let fixture = try await TestWorkspace()
    let series = try await fixture.made { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=6"] }
    for day in ["20260609", "20260616", "20260623"] {
      let occurrence = EventReference(series.id, OriginalStart("\(day)T080000Z"))
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<4 {
          group.addTask { try await fixture.update(occurrence) { $0.title = "Title \(number)" } }
        }
        try await group.waitForAll()
      }
    }
    let rows = try await fixture.database.read(fixture.workspace.id) {
      try $0.events.exceptions(ofSeries: [series.id])
    }
    #expect(rows.count == 3 && rows.allSatisfy { $0.title.hasPrefix("Title ") })
  }
}
