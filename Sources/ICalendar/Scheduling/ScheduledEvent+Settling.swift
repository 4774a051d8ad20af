/// The remembered messages are applied again to the stored components.
///
/// A late message may bring a component from before a cancellation: what was done since is done to it too. Doing so
/// twice is the same as once.
extension ScheduledEvent {
  mutating func settle() {
    settleEnds()
    settleAdditions()
    settleCancellations()
    settleRemovals()
    settleAnswers()
  }

  private mutating func settleEnds() {
    guard !memory.ends.isEmpty else { return }
    let ends = memory.ends.sorted { $0.key.order < $1.key.order }
    for (key, _) in ends { updateSeries { $0.end(before: key) } }
    removeOverrides { override, key in
      ends.contains { end, revision in
        end.order <= key.order && revision.replaces(instance: override.revision)
      }
    }
  }

  private mutating func settleAdditions() {
    let timing = series?.timing
    let keys = memory.additions.filter { !isEnded($0.key, since: $0.value) }.keys
    let instances = keys.sorted { $0.order < $1.order }.map { $0.instance(in: timing) }
    updateSeries { $0.addInstances(instances) }
  }

  private mutating func settleCancellations() {
    for (key, revision) in memory.cancellations.sorted(by: { $0.key.order < $1.key.order }) {
      if let stored = override(at: key) {
        guard stored.revision <= revision else { continue }
      } else {
        guard !isEnded(key, since: revision), series?.hasInstance(at: key) ?? false else { continue }
      }
      updateOverride(at: key) { $0.cancel(at: revision) }
    }
  }

  private mutating func settleRemovals() {
    for (part, revision) in memory.removals {
      if let key = part.instance {
        guard hasInstance(key), !isEnded(key, since: revision) else { continue }
        updateOverride(at: key) { $0.remove(part.address, at: revision) }
      } else {
        updateSeries { $0.remove(part.address, at: revision) }
        updateOverrides { override, _ in override.remove(part.address, at: revision) }
      }
    }
  }

  private func isEnded(_ key: InstanceKey, since revision: Revision) -> Bool {
    memory.ends.contains { end, known in end.order <= key.order && known.replaces(instance: revision) }
  }
}

extension EventComponent {
  fileprivate mutating func remove(_ address: String, at revision: Revision) {
    guard revision.replaces(instance: self.revision) else { return }
    attendees.removeAll { $0.user.key == address }
  }
}
