import CalendarCore
import CalendarService
import Foundation
import ICalendar
import Testing

@Suite(.timeLimit(.minutes(5))) struct InvitationFileTests {
  @Test func `the file carries the provider's UID and asks each guest`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada).event
    let file = try #require(try InvitationFile(of: event, now: TestWorkspace.start))
    let read = try CalendarObject.parse(Array(file.content.utf8))
    #expect(read.method == .request)
    let component = try #require(read.events.first)
    #expect(component.uid == "\(event.id)@fake")
    #expect(component.timing == event.timing)
    #expect(component.attendees.map(\.participationStatus) == [.accepted, .needsAction])
    #expect(file.name.hasSuffix(".ics"))
  }

  @Test func `without guests nobody is asked`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.useCases.events.create(
      fixture.input { $0.attendees = [] },
      caller: fixture.ada
    )
    .event
    let file = try #require(try InvitationFile(of: event, now: TestWorkspace.start))
    let read = try CalendarObject.parse(Array(file.content.utf8))
    #expect(read.method == .publish)
    #expect(read.events.first?.attendees.isEmpty == true)
  }

  @Test func `nobody is invited to a canceled meeting`() async throws {
    let fixture = try await TestWorkspace()
    var event = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada).event
    event.isCanceled = true
    let file = try #require(try InvitationFile(of: event, now: TestWorkspace.start))
    let message = try SchedulingMessage.parse(Array(file.content.utf8))
    #expect(message.method == .cancel)
    #expect(message.violations == [])
  }

  @Test func `there is no file before the provider has named the event`() async throws {
    let fixture = try await TestWorkspace()
    fixture.calendar.whenCreating { _, _ throws(ProviderError) in throw .unavailable(reason: "down") }
    let event = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada).event
    #expect(try InvitationFile(of: event, now: TestWorkspace.start) == nil)
  }
}
