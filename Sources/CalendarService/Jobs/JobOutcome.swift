import CalendarCore

/// How one run of a job ended.
package enum JobOutcome: Sendable, Hashable {
  /// It did what it was for, or there is nothing left to do.
  case done
  /// It will be tried again.
  case postponed
  /// The provider refused for good.
  case refused(EventRefused)
  /// The provider has asked us to slow down; it was not tried.
  case heldBack
  /// Another runner has it now; what this run learnt was dropped.
  case leaseLost
}

/// Thrown inside a transaction to roll back what a runner learnt after its lease had ended.
struct LeaseLost: Error {}
