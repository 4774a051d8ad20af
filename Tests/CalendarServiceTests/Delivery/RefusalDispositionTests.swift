import Testing

@testable import CalendarService

/// The table that decides what becomes of an event after its provider refused.
@Suite(.timeLimit(.minutes(5))) struct RefusalDispositionTests {
  /// Every combination of causes and circumstances.
  private static let deliveries: [RefusedDelivery] = {
    var all: [RefusedDelivery] = []
    for cause in RefusedDelivery.Cause.allCases {
      for stage in RefusedDelivery.Stage.allCases {
        for series in RefusedDelivery.Series.allCases {
          for (isAwaited, isChangedSince) in [(false, false), (false, true), (true, false), (true, true)] {
            all.append(
              RefusedDelivery(
                cause: cause,
                stage: stage,
                series: series,
                isAwaited: isAwaited,
                isChangedSince: isChangedSince
              )
            )
          }
        }
      }
    }
    return all
  }()

  @Test func `exactly one row covers every combination`() {
    for delivery in Self.deliveries {
      let rows = RefusalDisposition.table.filter { $0.covers(delivery) }
      #expect(rows.count == 1, "\(delivery) is covered by \(rows.map(\.disposition))")
    }
  }

  @Test func `every row covers something, and every disposition has a row`() {
    for (index, row) in RefusalDisposition.table.enumerated() {
      #expect(Self.deliveries.contains(where: row.covers), "Row \(index) covers nothing")
    }
    #expect(Set(RefusalDisposition.table.map(\.disposition)) == Set(RefusalDisposition.allCases))
  }

  private static func delivery(
    _ cause: RefusedDelivery.Cause,
    _ stage: RefusedDelivery.Stage,
    series: RefusedDelivery.Series = .none,
    isAwaited: Bool = false,
    isChangedSince: Bool = false
  ) -> RefusedDelivery {
    RefusedDelivery(
      cause: cause,
      stage: stage,
      series: series,
      isAwaited: isAwaited,
      isChangedSince: isChangedSince
    )
  }

  @Test(arguments: [
    // An outage is never the user's problem, no matter who waits and what changed.
    (delivery(.temporary, .requested, isAwaited: true), RefusalDisposition.retry),
    (delivery(.temporary, .deleting, isChangedSince: true), .retry),
    // A person who still waits gets the change back with a reason.
    (delivery(.rejected, .requested, isAwaited: true), .revert),
    (delivery(.rejected, .delivered, isAwaited: true), .revert),
    (delivery(.deletedRemotely, .delivered, isAwaited: true), .revert),
    (delivery(.credentials, .deleting, isAwaited: true), .revert),
    (delivery(.over, .delivered, isAwaited: true, isChangedSince: true), .revert),
    // What nobody was told was accepted leaves nothing behind.
    (delivery(.rejected, .requested), .withdraw),
    (delivery(.credentials, .requested), .withdraw),
    // What was accepted waits for the account.
    (delivery(.credentials, .accepted), .awaitReconnection),
    (delivery(.credentials, .delivered, isChangedSince: true), .awaitReconnection),
    (delivery(.credentials, .deletedSince, series: .undelivered), .awaitReconnection),
    // A newer change has a job of its own.
    (delivery(.rejected, .accepted, isChangedSince: true), .supersede),
    (delivery(.deletedRemotely, .delivered, isChangedSince: true), .supersede),
    (delivery(.exhausted, .delivered, isAwaited: true, isChangedSince: true), .supersede),
    (delivery(.exhausted, .deletedSince, series: .undelivered, isChangedSince: true), .supersede),
    // An occurrence that only went along with its series was deleted in the calendar.
    (delivery(.deletedOccurrence, .accepted, series: .delivered), .acceptRemoteDeletion),
    (delivery(.deletedOccurrence, .accepted, series: .delivered, isAwaited: true), .acceptRemoteDeletion),
    // Deletions.
    (delivery(.rejected, .deleting), .fail),
    (delivery(.rejected, .deleting, series: .undelivered), .abandonDeletion),
    (delivery(.rejected, .deletedSince, series: .undelivered), .abandonDeletion),
    (delivery(.rejected, .deletedSince, series: .deleted), .leaveToSeries),
    (delivery(.exhausted, .deletedSince, series: .delivered), .leaveToSeries),
    (delivery(.exhausted, .deleting, isAwaited: true), .fail),
    // What the calendar has, and what it will not take.
    (delivery(.over, .delivered), .restoreAgreed),
    (delivery(.deletedRemotely, .delivered), .markCanceled),
    (delivery(.deletedRemotely, .accepted), .fail),
    (delivery(.rejected, .delivered), .fail),
    (delivery(.rejected, .accepted), .fail),
    (delivery(.exhausted, .requested), .fail),
    (delivery(.exhausted, .accepted), .fail),
    (delivery(.exhausted, .delivered), .fail),
  ])
  func `a refusal is decided by its cause and the event's state`(
    delivery: RefusedDelivery,
    disposition: RefusalDisposition
  ) {
    #expect(RefusalDisposition.of(delivery) == disposition)
  }
}
