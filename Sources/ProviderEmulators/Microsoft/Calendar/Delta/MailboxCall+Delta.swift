import Foundation
import JSONModel

/// `calendarView/delta`: a window in rounds, each reporting the changes since the last.
///
/// A series is reported whole whenever anything of it changed: the series with all properties, its unchanged
/// occurrences with their times only. An occurrence that is gone from a living series is not reported; it is missing
/// from the list.
extension MailboxCall {
  private static let pageSize = 10

  func delta() throws(MicrosoftError) -> Outcome {
    let refused: Set = ["$expand", "$filter", "$orderby", "$search", "$select", "$skip", "$top"]
    if request.query.contains(where: { refused.contains($0.name.lowercased()) }) {
      throw MicrosoftError(
        status: 400,
        code: "ErrorInvalidUrlQuery",
        message: """
          The following parameters are not supported with change tracking over the 'CalendarView' resource: \
          '$orderby, $filter, $select, $expand, $search, $top'.
          """
      )
    }
    if let text = parameter("$skiptoken") {
      let parts = text.split(separator: ".").map(String.init)
      guard parts.count == 2, let first = Int(parts[1]), let round = mailbox.rounds.round(parts[0]),
        (0..<max(1, round.groups.count)).contains(first)
      else { throw .lostSyncState }
      return page(of: round, token: parts[0], from: first)
    }
    var previous: DeltaRounds.Snapshot?
    if let token = parameter("$deltatoken") {
      guard let snapshot = mailbox.rounds.snapshot(token) else { throw .lostSyncState }
      previous = snapshot
    }
    let span: Range<Date>
    if let previous { span = previous.start..<previous.end } else { span = try window() }
    return page(of: round(span, since: previous), token: emulator.identifiers(), from: 0)
  }

  private func round(_ span: Range<Date>, since previous: DeltaRounds.Snapshot?) -> DeltaRounds.Round {
    let isImmutable = preferences.wantsImmutableIDs
    var versions: [String: Int] = [:]
    var groups: [[DeltaRounds.Entry]] = []
    let known = previous?.versions ?? [:]
    for group in mailbox.groups(touching: span) {
      let items = group.map { ($0.id(immutable: isImmutable), $0.change) }
      for (id, change) in items { versions[id] = change }
      // A deleted occurrence makes a new version of its series.
      if items.contains(where: { known[$0.0] != $0.1 }) {
        groups.append(items.map { DeltaRounds.Entry(id: $0.0) })
      }
    }
    let gone = known.keys.filter { versions[$0] == nil && EventID($0)?.day == nil }.sorted()
    groups += gone.map { [DeltaRounds.Entry(id: $0, isRemoved: true)] }
    let token = previous?.versions == versions ? previous?.token : nil
    return DeltaRounds.Round(
      groups: groups,
      snapshot: DeltaRounds.Snapshot(
        token: token ?? emulator.identifiers(),
        start: span.lowerBound,
        end: span.upperBound,
        versions: versions
      )
    )
  }

  private func page(of round: DeltaRounds.Round, token: String, from first: Int) -> Outcome {
    let size = preferences.pageSize ?? Self.pageSize
    var shown: [JSON] = []
    var next = first
    while next < round.groups.count, shown.isEmpty || shown.count + round.groups[next].count <= size {
      shown += round.groups[next].map(item)
      next += 1
    }
    var changed = mailbox
    var answer: JSON = ["@odata.context": .string(context("Collection(event)")), "value": .array(shown)]
    if next < round.groups.count {
      changed.rounds.add(round, token: token)
      answer["@odata.nextLink"] = .string(link(["$skiptoken=\(token).\(next)"]))
    } else {
      if mailbox.rounds.snapshot(round.snapshot.token) == nil {
        changed.rounds.add(round.snapshot)
        emulator.remember(round.snapshot, of: mailbox)
      }
      answer["@odata.deltaLink"] = .string(link(["$deltatoken=\(round.snapshot.token)"]))
    }
    return (reply(answer), changed)
  }

  private func item(_ entry: DeltaRounds.Entry) -> JSON {
    guard !entry.isRemoved, let meeting = try? mailbox.meeting(entry.id) else {
      return ["id": .string(entry.id), "@removed": ["reason": "deleted"]]
    }
    let resource = MeetingResource(mailbox: mailbox, preferences: preferences)
    if meeting.type == "occurrence" { return resource.brief(meeting) }
    var json = resource.json(meeting)
    json["@odata.type"] = "#microsoft.graph.event"
    return json
  }
}

extension Mailbox {
  /// The items that overlap a span of time: single events, and series with their occurrences in the span.
  func groups(touching span: Range<Date>) -> [[StoredMeeting]] {
    let events = meetings.values.filter { !$0.isDeleted && $0.seriesKey == nil }
    let groups = events.compactMap { event -> [StoredMeeting]? in
      guard let series = RecurringMeeting(event, in: self) else { return event.touches(span) ? [event] : nil }
      let occurrences = series.occurrences(touching: span)
      return occurrences.isEmpty ? nil : [newest(event)] + occurrences
    }
    return groups.sorted { StoredMeeting.isEarlier($0[0], $1[0]) }
  }

  /// A series with the version of its newest exception, including deleted ones.
  private func newest(_ series: StoredMeeting) -> StoredMeeting {
    var series = series
    series.change = max(series.change, exceptions(of: series.key).values.map(\.change).max() ?? 0)
    return series
  }
}
