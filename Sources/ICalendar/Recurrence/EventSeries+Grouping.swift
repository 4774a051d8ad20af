/// The series that the events of a calendar make together.
public enum EventGroup: Sendable, Hashable {
  /// An event that has no RECURRENCE-ID, with the instances of it that were changed.
  case series(EventSeries)
  /// An instance that belongs to none: of another calendar's series, which a guest of one instance only has; one that
  /// does not say which instance it is; or of two of one instance the older.
  case instance(EventComponent)
}

extension EventSeries {
  /// Puts the events of a calendar together by UID.
  ///
  /// - Parameter events: As they stand in a calendar object.
  /// - Returns: The series and the instances of `groups(of:)`, each in the order of the events.
  public static func grouping(_ events: [EventComponent]) -> (series: [EventSeries], alone: [EventComponent])
  {
    var (series, alone): ([EventSeries], [EventComponent]) = ([], [])
    for (_, group) in groups(of: events) {
      switch group {
      case .series(let one): series.append(one)
      case .instance(let event): alone.append(event)
      }
    }
    return (series, alone)
  }

  /// Puts the events of a calendar together by UID; every one of them is in the answer.
  ///
  /// Feeds give one UID to all their events: each that has no RECURRENCE-ID is a series or a single event of its own.
  /// An event with a RECURRENCE-ID, readable or not, never takes the place of the series.
  ///
  /// - Parameter events: As they stand in a calendar object.
  /// - Returns: The groups in the order of the events, each with the place of its first, the master's, among them.
  public static func groups(of events: [EventComponent]) -> [(place: Int, group: EventGroup)] {
    var order: [[Int]] = []
    var byUID: [String: Int] = [:]
    for (place, event) in events.enumerated() {
      if let known = byUID[event.uid] {
        order[known].append(place)
      } else {
        // Without a UID none belongs to another.
        if !event.uid.isEmpty { byUID[event.uid] = order.count }
        order.append([place])
      }
    }
    var groups: [(place: Int, group: EventGroup)] = []
    for places in order {
      if places.count == 1, events[places[0]].recurrenceIDLine == nil {
        groups.append((places[0], .series(EventSeries(master: events[places[0]]))))
      } else {
        groups += SharedUID(places, of: events).groups
      }
    }
    return groups.sorted { $0.place < $1.place }
  }
}

/// The events of one UID.
private struct SharedUID {
  private(set) var groups: [(place: Int, group: EventGroup)] = []

  init(_ places: [Int], of events: [EventComponent]) {
    let masters = places.filter { events[$0].recurrenceIDLine == nil }
    let sets = masters.map { events[$0].recurrenceSet }
    // Each question costs a search: no honest file has more series of one UID.
    let recurring = masters.indices.filter { !events[masters[$0]].recurrence.isEmpty }.prefix(50)
    // By instance, for each master.
    var overrides: [[Int: Int]] = masters.map { _ in [:] }
    for place in places where events[place].recurrenceIDLine != nil {
      guard !masters.isEmpty, let id = events[place].recurrenceID?.time else {
        groups.append((place, .instance(events[place])))
        continue
      }
      let first = recurring.first ?? 0
      let owner = recurring.count < 2 ? first : recurring.first { sets[$0].has(id) } ?? first
      let second = sets[owner].occurrence(of: id).second
      guard let other = overrides[owner][second] else {
        overrides[owner][second] = place
        continue
      }
      // Of two of one instance the newer is the series' one.
      let isOlder = events[other].sequence > events[place].sequence
      overrides[owner][second] = isOlder ? other : place
      let older = isOlder ? place : other
      groups.append((older, .instance(events[older])))
    }
    for (index, place) in masters.enumerated() {
      let changed = overrides[index].values.sorted().map { events[$0] }
      groups.append((place, .series(EventSeries(master: events[place], overrides: changed))))
    }
  }
}

extension RecurrenceSet {
  /// Whether the time is that of an instance.
  fileprivate func has(_ id: RecurrenceTime) -> Bool {
    let wanted = occurrence(of: id)
    var iterator = RecurrenceIterator(self, InstantSpan(first: wanted.second, end: wanted.second + 1))
    return iterator.next()?.second == wanted.second
  }
}
