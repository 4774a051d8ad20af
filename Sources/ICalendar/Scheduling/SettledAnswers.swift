/// The answers that count, by attendee: of several to the same instance the newest.
struct SettledAnswers {
  private typealias Answers = [String: AttendeeAnswer]

  private var toAll: Answers = [:]
  private var toOne: [InstanceKey: Answers] = [:]
  /// Answers to an instance and the later ones, the newest of each attendee.
  private var toFollowing: [String: (start: InstanceKey, answer: AttendeeAnswer)] = [:]

  init(_ memory: SchedulingMemory) {
    for (part, answer) in memory.answers {
      guard let key = part.instance else {
        toAll[part.address] = answer
        continue
      }
      guard part.includesFollowing != nil else {
        toOne[key, default: [:]][part.address] = answer
        continue
      }
      if let known = toFollowing[part.address], known.answer.revision > answer.revision { continue }
      toFollowing[part.address] = (key, answer)
    }
  }

  /// The instances that were answered by themselves, in their order.
  var instances: [InstanceKey] { toOne.keys.sorted { $0.order < $1.order } }

  /// The answers that the series has: they are for its end.
  var toSeries: [String: AttendeeAnswer] { Self.newest(toAll, toFollowing.mapValues(\.answer)) }

  func answers(to key: InstanceKey) -> [String: AttendeeAnswer] {
    let following = toFollowing.filter { $0.value.start.order <= key.order }.mapValues(\.answer)
    return Self.newest(Self.newest(toAll, following), toOne[key] ?? [:])
  }

  /// Of two that are as new the one that is about less.
  private static func newest(_ wider: Answers, _ narrower: Answers) -> Answers {
    wider.merging(narrower) { $0.revision > $1.revision ? $0 : $1 }
  }
}
