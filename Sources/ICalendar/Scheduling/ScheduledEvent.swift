/// An event as one calendar has it, with what has to be remembered of the messages about it.
///
/// A calendar stores `components`, and `memory` beside them. Without the memory the newest message still wins over what
/// is stored; with it the end is the same in whatever order messages come, and however often.
public struct ScheduledEvent: Sendable, Hashable {
  /// The identifier that all messages about the event have.
  public let uid: String
  /// The event or series itself; nil when only instances are known.
  public private(set) var series: EventComponent?
  /// Instances that are not as the series has them, cancelled ones included.
  public private(set) var overrides: [EventComponent]
  /// The history that the components do not tell.
  public internal(set) var memory: SchedulingMemory
  /// Where in `overrides` an instance is.
  private var positions: [InstanceKey: Int] = [:]

  /// Makes what a calendar has of an event.
  ///
  /// - Parameters:
  ///   - uid: The identifier.
  ///   - components: What is stored with this UID; others are left out. Empty when nothing is.
  ///   - memory: What was remembered when they were stored.
  public init(
    uid: String,
    components: [EventComponent] = [],
    memory: SchedulingMemory = SchedulingMemory()
  ) {
    self.uid = uid
    let own = components.filter { $0.uid == uid }
    series = own.first { $0.recurrenceIDLine == nil }
    overrides = own.filter { $0.recurrenceIDLine != nil }
    self.memory = memory
    reindex()
  }

  /// The components to store: the series, then its changed instances.
  public var components: [EventComponent] { (series.map { [$0] } ?? []) + overrides }

  /// The components to store where canceled instances are EXDATEs of the series, not components of their own.
  public var componentsWithExclusions: [EventComponent] {
    guard var series else { return overrides }
    let cancelled = overrides.filter {
      $0.status == .cancelled && $0.recurrenceID?.includesFollowing == false
    }
    series.exclude(cancelled.compactMap(\.recurrenceID))
    let keys = Set(cancelled.compactMap { key(of: $0) })
    return [series] + overrides.filter { event in key(of: event).map { !keys.contains($0) } ?? true }
  }

  /// Who invites, as far as it is known.
  public var organizer: CalendarUser? { components.lazy.compactMap(\.organizer).first }

  /// An instance as it is, whether it has a component of its own or is as the series has it; nil when there is none.
  public func event(at instance: RecurrenceID) -> EventComponent? {
    let key = key(of: instance)
    if let override = override(at: key) { return override }
    return series?.hasInstance(at: key) ?? false ? series?.instance(instance) : nil
  }

  func key(of instance: RecurrenceID) -> InstanceKey { InstanceKey(instance, in: series?.timing) }

  func key(of event: EventComponent) -> InstanceKey? { event.recurrenceID.map { key(of: $0) } }

  func override(at key: InstanceKey) -> EventComponent? { positions[key].map { overrides[$0] } }

  /// How new the newest message about the whole event was.
  ///
  /// Many programs set DTSTAMP whenever they store, so what is remembered counts more, unless the owner has raised
  /// SEQUENCE since.
  var seriesRevision: Revision? {
    guard let known = memory.series, let stored = series?.revision else {
      return memory.series ?? series?.revision
    }
    return stored.sequence > known.sequence ? stored : known
  }
}

extension ScheduledEvent {
  mutating func setSeries(_ event: EventComponent) {
    // The form of the series' start is that of its instances, those that were told of before it included.
    memory.convertInstances(from: series?.timing, to: event.timing)
    series = event
    reindex()
    keepNewestOverrides()
  }

  /// Leaves one component of an instance, where two starts are names of the same instance of the series that is new.
  private mutating func keepNewestOverrides() {
    var newest: [InstanceKey: Int] = [:]
    for (position, event) in overrides.enumerated() {
      guard let key = key(of: event) else { continue }
      if let known = newest[key], overrides[known].revision >= event.revision { continue }
      newest[key] = position
    }
    let unnamed = overrides.indices.filter { key(of: overrides[$0]) == nil }
    guard newest.count + unnamed.count < overrides.count else { return }
    overrides = (newest.values + unnamed).sorted().map { overrides[$0] }
    reindex()
  }

  mutating func updateSeries(_ change: (inout EventComponent) -> Void) {
    guard var event = series else { return }
    change(&event)
    series = event
  }

  mutating func setOverride(_ event: EventComponent, at key: InstanceKey) {
    if let position = positions[key] {
      overrides[position] = event
    } else {
      positions[key] = overrides.count
      overrides.append(event)
    }
  }

  /// Changes the instance's own component, which is made from the series where there is none.
  mutating func updateOverride(at key: InstanceKey, _ change: (inout EventComponent) -> Void) {
    guard var event = override(at: key) ?? series?.instance(key.instance(in: series?.timing)) else { return }
    change(&event)
    setOverride(event, at: key)
  }

  /// Changes all instances that have components of their own.
  mutating func updateOverrides(_ change: (inout EventComponent, InstanceKey) -> Void) {
    for position in overrides.indices {
      guard let key = key(of: overrides[position]) else { continue }
      change(&overrides[position], key)
    }
  }

  mutating func removeOverrides(where isRemoved: (EventComponent, InstanceKey) -> Bool) {
    let timing = series?.timing
    overrides.removeAll { event in
      event.recurrenceID.map { isRemoved(event, InstanceKey($0, in: timing)) } ?? false
    }
    reindex()
  }

  private mutating func reindex() {
    positions = [:]
    for (position, event) in overrides.enumerated() {
      guard let key = key(of: event), positions[key] == nil else { continue }
      positions[key] = position
    }
  }
}
