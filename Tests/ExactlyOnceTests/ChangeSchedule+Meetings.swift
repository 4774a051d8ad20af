import CalendarCore
import CalendarService
import Foundation
import TestSupport

extension ChangeSchedule {
  mutating func makeMeeting(_ number: Int) async {
    var input = input(word("title"), at: Self.base.addingTimeInterval(Double(number) * 7200))
    input.connectedAccountID = accounts[number % 2]
    input.idempotencyKey = "meeting-\(number)"
    for _ in 0..<3 {
      let answer = await ask("make \(input.title)") { [input, caller] in
        try await $0.events.create(input, caller: caller).event.id
      }
      if case .accepted(let id) = answer {
        note("  is \(id)")
        meetings.append(ExpectedMeeting(id: id, title: input.title))
      }
      if case .doubtful = answer { continue }
      return
    }
  }

  mutating func somethingWithAMeeting() async throws {
    guard let index = meetings.indices.randomElement(using: &random) else { return }
    let id = meetings[index].id
    if try await isBackWithAReason(id) { meetings[index].deletion = .none }
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<5: await edit(index)
    case 5..<7: await editTwice(index)
    case 7..<10: try await invite(index)
    case 10..<15: changeOutside(index)
    case 15 where random.chance(0.4):
      note("\(id) is deleted outside")
      if provider.deleteOutside(id) { meetings[index].isDeletedOutside = true }
    case 16, 17: await delete(index)
    case 18 where meetings[index].isDeletionScheduled:
      await undo(index)
    default:
      guard try await stored(id)?.push.status == .conflict else { return }
      let keepsOurs = random.chance(0.5)
      _ = await ask("\(id) resolve, ours \(keepsOurs)") { [caller] in
        try await $0.events.resolveConflict(.init(id), keepCRM: keepsOurs, caller: caller)
      }
    }
  }

  /// Whether the event was deleted, and is visible again because the calendar refused the deletion.
  private func isBackWithAReason(_ id: CalendarEvent.ID) async throws -> Bool {
    guard let event = try await stored(id) else { return false }
    return !event.isHidden && event.push.status == .failed && event.push.error != nil
  }

  private mutating func wish(_ field: EventField) -> (value: String, input: UpdateEventInput) {
    let value = word(field.rawValue.lowercased())
    var input = UpdateEventInput()
    if field == .title { input.title = value } else { input.location = .set(value) }
    return (value, input)
  }

  private mutating func edit(_ index: Int) async {
    let (id, field) = (meetings[index].id, random.chance(0.5) ? EventField.title : .location)
    let (value, input) = wish(field)
    let before = try? await stored(id)
    let answer = await ask("\(id) \(value)") { [caller] in
      try await $0.events.update(.init(id), input, caller: caller).event.reference
    }
    meetings[index].ours[field, default: .init()].add(value, answer)
    if case .refused = answer, let before, let after = try? await stored(id) {
      let isAsBefore = field == .title ? before.title == after.title : before.location == after.location
      // A change made outside may have been noticed along the way, and a doubtful change reverted.
      let found = field == .title ? after.title : after.location ?? ""
      let isSettled =
        meetings[index].ours[field]?.doubtful.isEmpty == false && meetings[index].allows(found, for: field)
      if !isAsBefore, !isSettled, meetings[index].theirs.isEmpty {
        fail("\(id) is not as it was before \(value) was refused")
      }
    }
  }

  /// Two people change two things at once, on two servers.
  private mutating func editTwice(_ index: Int) async {
    let id = meetings[index].id
    let (title, location) = (wish(.title), wish(.location))
    let (one, other) = (pool.running(&random), pool.running(&random))
    async let first = Self.outcome(of: one.process) { [caller] in
      try await one.useCases.events.update(.init(id), title.input, caller: caller).event.reference
    }
    async let second = Self.outcome(of: other.process) { [caller] in
      try await other.useCases.events.update(.init(id), location.input, caller: caller).event.reference
    }
    let answers = await (first, second)
    note("\(id) at once \(title.value): \(answers.0), \(location.value): \(answers.1)")
    meetings[index].ours[.title, default: .init()].add(title.value, answers.0)
    meetings[index].ours[.location, default: .init()].add(location.value, answers.1)
  }

  private mutating func invite(_ index: Int) async throws {
    guard let event = try await stored(meetings[index].id) else { return }
    let guest = word("guest") + "@ours.example"
    var input = UpdateEventInput()
    input.attendees = event.attendees.map { .init(email: $0.handle.rawValue) } + [.init(email: guest)]
    input.expectedVersion = event.version
    let answer = await ask("\(event.id) \(guest)") { [caller, input] in
      try await $0.events.update(.init(event.id), input, caller: caller)
    }
    if case .accepted = answer { meetings[index].guests.insert(guest) }
  }

  private mutating func changeOutside(_ index: Int) {
    let (id, at) = (meetings[index].id, random.chance(0.7) ? clock.now : nil)
    let field = [EventField.title, .location, .attendees].randomElement(using: &random) ?? .title
    let value = word("their-\(field.rawValue.lowercased())") + (field == .attendees ? "@theirs.example" : "")
    let isThere = provider.changeOutside(id, at: at) { content in
      switch field {
      case .title: content.title = value
      case .location: content.location = value
      default: content.attendees += EmailAddress(value).map { [CalendarEventParticipant(handle: $0)] } ?? []
      }
    }
    note("\(id) \(value) outside: \(isThere)")
    guard isThere else { return }
    if field == .attendees {
      meetings[index].guests.insert(value)
    } else {
      meetings[index].theirs[field] = value
    }
  }

  private mutating func delete(_ index: Int) async {
    let (id, window) = (meetings[index].id, random.chance(0.5) ? 0 : Int.random(in: 1...30, using: &random))
    let answer = await ask("\(id) delete in \(window)") { [caller] in
      try await $0.events.delete(
        .init(id),
        scope: nil,
        occurrenceStart: nil,
        undoWindow: window,
        caller: caller
      )
    }
    switch answer {
    case .accepted: (meetings[index].deletion, meetings[index].isDeletionScheduled) = (.accepted, window > 0)
    case .refused: break
    case .doubtful where meetings[index].deletion == .none: meetings[index].deletion = .doubtful
    case .doubtful: break
    }
  }

  private mutating func undo(_ index: Int) async {
    let id = meetings[index].id
    let answer = await ask("\(id) undo") { [caller] in
      try await $0.events.undoDeletion(.init(id), caller: caller)
    }
    switch answer {
    case .accepted: (meetings[index].deletion, meetings[index].isDeletionScheduled) = (.none, false)
    case .refused: meetings[index].isDeletionScheduled = false
    case .doubtful: meetings[index].deletion = .doubtful
    }
  }
}
