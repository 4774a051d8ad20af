/// A recurring event as its guests were last told of it, or would have been, had the change not been a silent one.
///
/// It is kept apart from what the provider has agreed to: an occurrence may have to be written there again, although
/// its guests know of it already.
package struct EventAnnouncement: Sendable, Hashable {
  /// The series; a meeting that does not repeat anymore is one, too.
  package var version: EventVersion
  /// The occurrences that differ from the series.
  package var exceptions: [OriginalStart: EventVersion]
  /// The occurrences that do not take place.
  package var exclusions: Set<OriginalStart>
  /// The guests to whom an invitation was mailed.
  package var mailed: Set<EmailAddress>
  /// The highest SEQUENCE that was mailed; what is mailed next has at least this one, so that it counts.
  package var sequence: Int

  package init(
    _ version: EventVersion,
    exceptions: [OriginalStart: EventVersion] = [:],
    exclusions: Set<OriginalStart> = [],
    mailed: Set<EmailAddress> = [],
    sequence: Int = 0
  ) {
    self.version = version
    self.exceptions = exceptions
    self.exclusions = exclusions
    self.mailed = mailed
    self.sequence = sequence
  }
}
