package import CalendarCore
import Synchronization

/// An event that changed, as the caller may see it now.
package struct EventUpdate: Sendable {
  /// How callers name it.
  package let reference: EventReference
  /// With this one event; nil when it is gone.
  package let page: EventPage?
  /// Where to resume after this update.
  ///
  /// A client that resumes there misses nothing, and may receive its last update again.
  package let position: String
}

/// The changes that one caller receives, as they ask for them.
package struct EventWatch: Sendable {
  /// Ends when the node stops; with `ResumePositionExpired` for a subscriber that is too slow.
  package let updates: AsyncThrowingStream<EventUpdate, any Error>
  private let reader: EventWatchReader

  init(_ reader: EventWatchReader) {
    self.reader = reader
    updates = AsyncThrowingStream { try await reader.next() }
  }

  /// Where to resume after all updates but the last one taken, which counts when the next is asked for.
  ///
  /// It moves on where nothing changes for the caller, and is worth telling them now and then: one hour after it was
  /// made it is too old.
  package var position: String { reader.position }
}

/// Reads what changed for one caller, many at once, and hands it out one by one.
final class EventWatchReader: Sendable {
  private let database: any Database
  private let surroundings: EventReadContext
  private let caller: Caller
  /// The one occurrence that is watched, by way of its series.
  private let occurrence: EventReference?
  private let watch: Mutex<ChangeWatch?>
  private let mailbox: SubscriberQueue
  /// The next one last.
  private let ready = Mutex<[EventUpdate]>([])

  /// How many are read with one set of queries.
  private static let batch = 100

  init(
    database: any Database,
    surroundings: EventReadContext,
    caller: Caller,
    occurrence: EventReference?,
    watch: ChangeWatch
  ) {
    self.database = database
    self.surroundings = surroundings
    self.caller = caller
    self.occurrence = occurrence
    self.watch = Mutex(watch)
    mailbox = watch.mailbox
  }

  var position: String { ResumePosition(mailbox.position).description }

  func next() async throws -> EventUpdate? {
    do {
      while true {
        if let update = ready.withLock({ $0.popLast() }) { return update }
        guard let batch = try await mailbox.dequeue(atMost: Self.batch) else {
          leave()
          return nil
        }
        if let occurrence {
          let position = ResumePosition(batch.after).description
          return EventUpdate(
            reference: occurrence,
            page: try await page(of: occurrence),
            position: position
          )
        }
        let (page, names) = try await page(of: batch.events)
        ready.withLock { $0 = Self.updates(page, names, of: batch) }
      }
    } catch {
      leave()
      throw error
    }
  }

  private func leave() { watch.withLock { $0 = nil } }

  /// With the names of all that are known, also of those that are hidden by now.
  private func page(
    of ids: [CalendarEvent.ID]
  ) async throws -> (page: EventPage, names: [CalendarEvent.ID: EventReference]) {
    try await database.read(caller.workspaceID) { [caller, surroundings] reader in
      let events = try reader.events.find(ids: ids)
      let page = try EventPage.load(events, caller: caller, as: surroundings, from: reader)
      return (page, Dictionary(events.map { ($0.id, $0.reference) }) { first, _ in first })
    }
  }

  private func page(of occurrence: EventReference) async throws -> EventPage? {
    try await database.read(caller.workspaceID) { [caller, surroundings] reader in
      try surroundings.find(occurrence, for: caller, in: reader)?.page
    }
  }

  /// In the order of the batch; only who has had all of them has got further.
  private static func updates(
    _ page: EventPage,
    _ names: [CalendarEvent.ID: EventReference],
    of batch: SubscriberQueue.Batch
  ) -> [EventUpdate] {
    let (before, after) = (ResumePosition(batch.before).description, ResumePosition(batch.after).description)
    let events = Dictionary(page.events.map { ($0.event.id, $0) }) { first, _ in first }
    return batch.events.enumerated().reversed().map { index, id in
      let single = events[id].map { event in
        var single = page
        single.events = [event]
        return single
      }
      let position = index == batch.events.count - 1 ? after : before
      return EventUpdate(reference: names[id] ?? EventReference(id), page: single, position: position)
    }
  }
}
