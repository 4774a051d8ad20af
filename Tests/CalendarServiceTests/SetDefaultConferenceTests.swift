import CalendarCore
import Testing

@testable import CalendarService

@Suite(.timeLimit(.minutes(5))) struct ProposeConferenceTests {
  @Test func `a member's choice is kept, and the workspace's beside it`() async throws {
    let fixture = try await TestWorkspace()
    let known = try await fixture.database.read(fixture.workspace.id) { [ada = fixture.ada] in
      try $0.members.find(ada.memberID)
    }
    let before = try #require(known)
    var expected = before
    expected.defaultConferenceProviderID = FakeRooms.id
    let propose = fixture.useCases.conferences.propose
    #expect(try await propose.forMember(FakeRooms.id, caller: fixture.ada).member == expected)
    let stored = try await fixture.database.read(fixture.workspace.id) { [ada = fixture.ada] in
      try $0.members.find(ada.memberID)
    }
    #expect(stored == expected)
    _ = try await propose.forWorkspace(FakeMeet.id, caller: fixture.ben)
    let workspace = try await fixture.database.read(fixture.workspace.id) { try $0.members.workspace() }
    #expect(workspace?.defaultConferenceProviderID == FakeMeet.id && workspace?.displayName == "Test")
    #expect(try await propose.forMember(nil, caller: fixture.ada).member == before)
  }

  @Test func `what is not known, or needs a link each time, cannot be proposed`() async throws {
    let fixture = try await TestWorkspace()
    for id in [FakeLink.id, ConferenceProviderID(rawValue: "UNHEARD_OF")] {
      await #expect(throws: InvalidInput.self) {
        try await fixture.useCases.conferences.propose.forWorkspace(id, caller: fixture.ada)
      }
    }
  }
}
