/// A calendar's memory of the messages about an event, which its components do not tell.
///
/// Opaque, to be stored beside the components; JSON will do.
public struct SchedulingMemory: Sendable, Hashable, Codable {
  /// The newest message about the whole event, also where nothing is left of it.
  var series: Revision?
  /// Instances that were cancelled.
  var cancellations: [InstanceKey: Revision] = [:]
  /// Instances with which, and with all later ones, the series was cancelled.
  var ends: [InstanceKey: Revision] = [:]
  /// Instances that were added to the series.
  var additions: [InstanceKey: Revision] = [:]
  /// Attendees who are no longer invited.
  var removals: [Part: Revision] = [:]
  /// The newest answer of each attendee, invited or not.
  var answers: [Part: AttendeeAnswer] = [:]

  /// One attendee's part in the event or in one instance.
  struct Part: Hashable, Codable {
    /// The address in lower case.
    var address: String
    /// The instance; nil for the whole event.
    var instance: InstanceKey?
    /// True where the instances after it are meant, too; otherwise nil.
    var includesFollowing: Bool?
  }

  /// Makes a memory of nothing.
  public init() {}

  /// Forgets the answers of people who are not invited, but for the newest 100.
  ///
  /// They may turn out to be delegates; yet anyone can send such answers.
  mutating func forgetUninvited(but invited: Set<String>) {
    let others = answers.filter { !invited.contains($0.key.address) }
    guard others.count > 100,
      let oldest = others.min(by: { $0.value.revision.dtstamp < $1.value.revision.dtstamp })
    else { return }
    answers[oldest.key] = nil
  }

  /// Names the instances as a series that takes place at `new` does; where two names become one, the newest message
  /// counts.
  mutating func convertInstances(from old: EventTiming?, to new: EventTiming) {
    func converted(_ key: InstanceKey) -> InstanceKey { InstanceKey(key.instance(in: old), in: new) }
    func converted(_ revisions: [InstanceKey: Revision]) -> [InstanceKey: Revision] {
      Dictionary(revisions.map { (converted($0.key), $0.value) }, uniquingKeysWith: { max($0, $1) })
    }
    func converted(_ part: Part) -> Part {
      var part = part
      part.instance = part.instance.map { converted($0) }
      return part
    }
    cancellations = converted(cancellations)
    ends = converted(ends)
    additions = converted(additions)
    removals = Dictionary(removals.map { (converted($0.key), $0.value) }, uniquingKeysWith: { max($0, $1) })
    answers = Dictionary(answers.map { (converted($0.key), $0.value) }) { one, other in
      one.revision < other.revision ? other : one
    }
  }

  /// Forgets what a message about the whole event makes void.
  mutating func forget(before revision: Revision) {
    cancellations = cancellations.filter { !revision.replaces(instance: $0.value) }
    ends = ends.filter { !revision.replaces(instance: $0.value) }
    additions = additions.filter { !revision.replaces(instance: $0.value) }
    removals = removals.filter { !revision.replaces(instance: $0.value) }
  }
}
