/// How long is looked for instances before it is given up, and how many are taken.
///
/// A rule from elsewhere can be impossible or endless; none of them may take a processor for itself. Giving up is always
/// told apart from the end of a rule.
public struct RecurrenceLimits: Sendable, Hashable {
  /// Periods without an instance, one after another.
  ///
  /// A million days are 2,700 years; every rule of whole days that matches at all does so within 400.
  public var emptyPeriods: Int
  /// Instances that are passed over, because they are excluded or before the span that was asked for.
  public var skippedInstances: Int
  /// Instances in one answer.
  public var instances: Int

  /// A million empty periods, two million instances passed over, 100,000 in an answer.
  public static let `default` = RecurrenceLimits()

  /// Makes limits; what is not given is as in `default`.
  public init(emptyPeriods: Int = 1_000_000, skippedInstances: Int = 2_000_000, instances: Int = 100_000) {
    self.emptyPeriods = emptyPeriods
    self.skippedInstances = skippedInstances
    self.instances = instances
  }
}
