import CalendarCore
import Testing

@testable import CalendarService

/// The effect of a provider's report on the event here, cell by cell.
@Suite(.timeLimit(.minutes(5))) struct ReconciliationTests {
  private typealias Local = Reconciliation.LocalChange
  private typealias Remote = Reconciliation.RemoteChange
  private typealias Action = Reconciliation.Action

  /// The table as a person would draw it: a row for what this side did, a column for what the other side did.
  private static let columns: [Remote] = [
    .none, .responses, .edited, .canceled, .deleted, .outOfWindow, .moved,
  ]
  private static let table: [(Local, [Action])] = [
    (.none, [.merge, .merge, .merge, .cancel, .remove, .keep, .relocate]),
    (.edited, [.merge, .merge, .merge, .cancelAndReport, .cancelAndReport, .keep, .relocate]),
    (.canceled, [.reinstate, .reinstate, .reinstate, .keep, .remove, .keep, .relocate]),
    (
      .deleted,
      [
        .deleteRemotely, .deleteRemotely, .deleteRemotely, .deleteRemotely, .confirmDeletion,
        .deleteRemotely, .deleteRemotely,
      ]
    ),
  ]

  @Test func `every cell of the table holds`() {
    #expect(Set(Self.columns) == Set(Remote.allCases))
    #expect(Set(Self.table.map(\.0)) == Set(Local.allCases))
    for (local, actions) in Self.table {
      #expect(actions.count == Self.columns.count)
      for (remote, action) in zip(Self.columns, actions) {
        #expect(Reconciliation.action(local, remote) == action, "\(local) here, \(remote) there")
      }
    }
    #expect(Set(Self.table.flatMap(\.1)) == Set(Action.allCases))
  }

  private static let agreed = RandomMeeting().version

  private static func version(_ change: (inout EventVersion) -> Void) -> EventVersion {
    var version = agreed
    change(&version)
    return version
  }

  private static func reconciliation(
    _ local: EventVersion = agreed,
    _ change: Reconciliation.LocalChange = .none,
    earlier: [EventVersion] = [],
    winner: EventMerge.Side? = nil
  ) -> Reconciliation {
    Reconciliation(agreed: agreed, earlier: earlier, local: local, localChange: change, winner: winner)
  }

  @Test func `an echo of our own write changes nothing`() {
    let sent = Self.version { $0.content.title = "Sent" }
    let waiting = Self.version { $0.content.title = "Changed again" }
    let reconciliation = Self.reconciliation(waiting, .edited, earlier: [sent])
    #expect(reconciliation.remoteChange(in: .present(sent)) == .none)
    #expect(reconciliation.outcome(of: .present(sent)) == .push(waiting))
    // The same title from another person is a change like any other.
    let stranger = Self.reconciliation(waiting, .edited)
    #expect(stranger.outcome(of: .present(sent)) == .contested([.title], base: Self.agreed))
  }

  @Test func `a response that comes while an edit is pending is kept, and the edit is pushed`() {
    let edited = Self.version { $0.content.title = "Review" }
    let answered = Self.version { version in
      for index in version.content.attendees.indices {
        version.content.attendees[index].responseStatus = .accepted
      }
    }
    let reconciliation = Self.reconciliation(edited, .edited)
    #expect(!Self.agreed.content.attendees.isEmpty)
    #expect(reconciliation.remoteChange(in: .present(answered)) == .responses)
    let both = Self.version { version in
      version.content.title = "Review"
      version.content.attendees = answered.content.attendees
    }
    #expect(reconciliation.outcome(of: .present(answered)) == .push(both))
    #expect(Self.reconciliation().outcome(of: .present(answered)) == .adopt(answered))
  }

  @Test func `a change there while an edit is pending here merges, or goes by the strategy`() {
    let edited = Self.version { $0.content.title = "Ours" }
    let elsewhere = Self.version { $0.content.location = "Room 2" }
    let both = Self.version { version in
      version.content.title = "Ours"
      version.content.location = "Room 2"
    }
    #expect(Self.reconciliation(edited, .edited).outcome(of: .present(elsewhere)) == .push(both))
    let same = Self.version { $0.content.title = "Theirs" }
    let outcomes = [nil, EventMerge.Side.mine, .theirs].map {
      Self.reconciliation(edited, .edited, winner: $0).outcome(of: .present(same))
    }
    #expect(outcomes == [.contested([.title], base: Self.agreed), .push(edited), .adopt(same)])
  }

  @Test func `what is deleted there while an edit is pending is canceled, and the edit is reported`() {
    let edited = Self.reconciliation(Self.version { $0.content.title = "Ours" }, .edited)
    #expect(edited.outcome(of: .deleted) == .cancelAndReport)
    #expect(edited.outcome(of: .canceled) == .cancelAndReport)
    #expect(Self.reconciliation().outcome(of: .deleted) == .remove)
    #expect(Self.reconciliation().outcome(of: .canceled) == .cancel)
  }

  @Test func `what was canceled and is there again is taken as it is`() {
    let back = Self.version { $0.content.title = "Back" }
    let canceled = Self.reconciliation(Self.agreed, .canceled)
    #expect(canceled.outcome(of: .present(back)) == .adopt(back))
    #expect(canceled.outcome(of: .canceled) == .keep)
  }

  @Test func `leaving the window says nothing about an event`() {
    for change in Reconciliation.LocalChange.allCases where change != .deleted {
      #expect(Self.reconciliation(Self.agreed, change).outcome(of: .outOfWindow) == .keep)
    }
  }

  @Test func `what was moved to another calendar is merged like what stayed`() {
    let edited = Self.version { $0.content.title = "Ours" }
    let there = Self.version { $0.content.location = "Room 2" }
    let both = Self.version { version in
      version.content.title = "Ours"
      version.content.location = "Room 2"
    }
    #expect(Self.reconciliation(edited, .edited).outcome(of: .moved(there)) == .push(both))
    #expect(Self.reconciliation(edited, .deleted).outcome(of: .moved(there)) == .deleteRemotely)
  }

  @Test func `a deletion here is carried out whatever happened there`() {
    let deleted = Self.reconciliation(Self.agreed, .deleted)
    #expect(deleted.outcome(of: .present(Self.version { $0.content.title = "New" })) == .deleteRemotely)
    #expect(deleted.outcome(of: .deleted) == .confirmDeletion)
  }
}
