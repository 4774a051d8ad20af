/// The outcome for an event, and for the job that was to deliver it, after the provider refused.
enum RefusalDisposition: String, Sendable, Hashable, CaseIterable {
  /// The provider may accept the same request later: the job runs again.
  case retry
  /// The occurrence is deleted here as well: it was deleted in the calendar while its series was changed here.
  case acceptRemoteDeletion
  /// The callers still wait for the answer: their changes are undone, and they are told why.
  case revert
  /// Nobody was told that the event was accepted: it is removed.
  case withdraw
  /// The job rests until the account is connected again.
  case awaitReconnection
  /// The event was changed since, and a newer job delivers it as it is now.
  case supersede
  /// A deleted occurrence of a series that never reached the calendar: there is nothing to delete.
  case abandonDeletion
  /// The occurrence was deleted with its series, and goes, or comes back, with it.
  case leaveToSeries
  /// The event has taken place: it returns to what the calendar has, and the job tells what was not sent.
  case restoreAgreed
  /// The event was deleted in the calendar while it was changed here: it is marked as canceled and as failed.
  case markCanceled
  /// A person has to look at it: the event is marked as failed, and the job is discarded.
  case fail
}

/// A refusal with everything that decides what becomes of it.
struct RefusedDelivery: Sendable, Hashable {
  /// Why there is no result.
  enum Cause: String, Sendable, Hashable, CaseIterable {
    /// The provider could not do it now.
    case temporary
    /// The provider could not do it for as long as an event is tried.
    case exhausted
    /// The provider refuses the account's credentials.
    case credentials
    /// The event, an occurrence that only went along with its series, was deleted in the calendar.
    case deletedOccurrence
    /// The event was deleted in the calendar.
    case deletedRemotely
    /// The change was not sent, because the event has taken place.
    case over
    /// The provider will not have it.
    case rejected
  }

  /// How far the event got.
  enum Stage: String, Sendable, Hashable, CaseIterable {
    /// Its creation was requested, and nobody was told yet that it was accepted.
    case requested
    /// It is kept here, and the provider does not have it.
    case accepted
    /// The provider has it in some version.
    case delivered
    /// Its deletion is what the provider refused.
    case deleting
    /// It was deleted here, with its series, while something else of it was on its way.
    case deletedSince
  }

  /// The series that the event is an occurrence of.
  enum Series: String, Sendable, Hashable, CaseIterable {
    case none
    /// The provider does not have it, or a change of it that the occurrence waits for.
    case undelivered
    case delivered
    /// The provider has, or had, it; here it is deleted.
    case deleted
  }

  var cause: Cause
  var stage: Stage
  var series: Series
  /// Whether a caller in this process waits for the provider's answer.
  var isAwaited: Bool
  /// Whether the event was changed here since the job read it.
  var isChangedSince: Bool
}

extension RefusalDisposition {
  /// One line of the table: the deliveries that it covers, and what becomes of them.
  ///
  /// A column that is nil covers every value.
  struct Row: Sendable {
    let causes: Set<RefusedDelivery.Cause>
    var stages: Set<RefusedDelivery.Stage>?
    var series: Set<RefusedDelivery.Series>?
    var isAwaited: Bool?
    var isChangedSince: Bool?
    let disposition: RefusalDisposition

    func covers(_ delivery: RefusedDelivery) -> Bool {
      causes.contains(delivery.cause)
        && stages?.contains(delivery.stage) ?? true
        && series?.contains(delivery.series) ?? true
        && isAwaited.map { $0 == delivery.isAwaited } ?? true
        && isChangedSince.map { $0 == delivery.isChangedSince } ?? true
    }
  }

  /// The decision of the one row that covers the delivery.
  ///
  /// The rows exclude each other and together cover everything, so their order means nothing; a test proves both.
  static func of(_ delivery: RefusedDelivery) -> RefusalDisposition {
    table.first { $0.covers(delivery) }?.disposition ?? .fail
  }

  static let table: [Row] = {
    let final: Set<RefusedDelivery.Cause> = [.credentials, .deletedRemotely, .over, .rejected]
    let lasting = final.subtracting([.credentials])
    let known = Set(RefusedDelivery.Stage.allCases).subtracting([.requested])
    let reached = Set(RefusedDelivery.Series.allCases).subtracting([.undelivered])

    /// A final refusal without a caller, and a delivery that was tried for too long, end alike.
    func ends(_ causes: Set<RefusedDelivery.Cause>, _ stages: Set<RefusedDelivery.Stage>, isAwaited: Bool?)
      -> [Row]
    {
      func row(
        _ some: Set<RefusedDelivery.Stage>,
        series: Set<RefusedDelivery.Series>? = nil,
        isChangedSince: Bool = false,
        _ disposition: RefusalDisposition
      ) -> Row {
        Row(
          causes: causes,
          stages: stages.intersection(some),
          series: series,
          isAwaited: isAwaited,
          isChangedSince: isChangedSince,
          disposition: disposition
        )
      }
      return [
        row(stages, isChangedSince: true, .supersede),
        row([.requested, .accepted], .fail),
        row([.deleting, .deletedSince], series: [.undelivered], .abandonDeletion),
        row([.deleting], series: reached, .fail),
        row([.deletedSince], series: reached, .leaveToSeries),
      ]
    }

    func delivered(_ cause: RefusedDelivery.Cause, isAwaited: Bool?, _ disposition: RefusalDisposition) -> Row
    {
      Row(
        causes: [cause],
        stages: [.delivered],
        isAwaited: isAwaited,
        isChangedSince: false,
        disposition: disposition
      )
    }

    return [
      Row(causes: [.temporary], disposition: .retry),
      Row(causes: [.deletedOccurrence], disposition: .acceptRemoteDeletion),
      Row(causes: final, isAwaited: true, disposition: .revert),
      Row(causes: final, stages: [.requested], isAwaited: false, disposition: .withdraw),
      Row(causes: [.credentials], stages: known, isAwaited: false, disposition: .awaitReconnection),
      delivered(.deletedRemotely, isAwaited: false, .markCanceled),
      delivered(.over, isAwaited: false, .restoreAgreed),
      delivered(.rejected, isAwaited: false, .fail),
      delivered(.exhausted, isAwaited: nil, .fail),
    ] + ends(lasting, known, isAwaited: false)
      + ends([.exhausted], Set(RefusedDelivery.Stage.allCases), isAwaited: nil)
  }()
}
