import Foundation
import FuzzSupport
import ICalendar

private let uid = "meeting@phos.example"
private let host = "ann@phos.example"
private let guest = "bob@phos.example"

/// Called by libFuzzer with each input, whose octets choose messages that come to one calendar one after another.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  var source = ChoiceSource(Array(UnsafeBufferPointer(start: start, count: count)))
  text = ""
  // An organizer's calendar has the event itself, a guest's what came by email.
  let owner = source.one(of: [guest, host, "eve@phos.example"])
  var event = ScheduledEvent(uid: uid)
  if source.rarely(in: 2), let first = event.receiving(&source, method: "REQUEST", owner: guest) {
    event = first
  }
  var messages = 0
  while !source.isAtEnd, messages < 8 {
    if let received = event.receiving(&source, method: source.method(), owner: owner) { event = received }
    messages += 1
  }
  checkStored(event)
  checkReply(to: event)
  return 0
}

extension ScheduledEvent {
  /// The event after the next message; nil if the message is none.
  fileprivate func receiving(_ source: inout ChoiceSource, method: String, owner: String) -> ScheduledEvent? {
    let words = source.message(method)
    text += words
    guard let message = try? SchedulingMessage.parse(Array(words.utf8)) else { return nil }
    expect(
      (try? SchedulingMessage.parse(message.serialized())) == message,
      "read, write, read is the identity"
    )
    _ = message.violations
    let sender: String? = source.one(of: [nil, nil, guest, host, "eve@phos.example"])
    let reception = expect(within: 2, "a message is received in bounded time") {
      receiving(message, for: [owner], from: sender)
    }
    expect(reception.outcomes.count == message.events.count, "each event has an outcome")
    expect(reception.event.uid == uid, "the identifier stays")
    expect(reception.event.components.allSatisfy { $0.uid == uid }, "nothing of another event is taken")
    expect(reception.hasChanges == (reception.event.components != components), "a change is told")
    checkRights(of: message, reception, owner: owner)
    let again = reception.event.receiving(message, for: [owner], from: sender)
    if again.event != reception.event { explain(reception.event, again.event) }
    expect(again.event == reception.event, "a message that comes twice changes nothing the second time")
    return reception.event
  }

  /// Whether a message changes only what its method and its sender may.
  private func checkRights(of message: SchedulingMessage, _ reception: Reception, owner: String) {
    switch message.method {
    case .refresh, .counter, .declineCounter:
      expect(reception.event == self, "a question changes nothing")
    case .reply:
      expect(reception.event.plainSeries == plainSeries, "an answer changes nothing but the attendees")
      expect(
        series?.status == .cancelled
          || reception.event.overrides.allSatisfy { $0.status != .cancelled || $0.isAmong(overrides) },
        "an answer cancels nothing"
      )
      let own = Set(reception.outcomes.flatMap { $0.people })
      for attendee in series?.attendees ?? [] where !own.contains(attendee.user.address.lowercased()) {
        guard attendee.otherParameters.isEmpty else { continue }
        expect(
          reception.event.series?.attendees.contains(attendee) == true,
          "an answer is its attendee's only"
        )
      }
    case .publish, .request, .add, .cancel:
      guard self.organizer?.address.lowercased() == owner else { return }
      expect(reception.event == self, "the owner's event is changed by the owner only")
    }
  }

  /// The series without its attendees.
  private var plainSeries: EventComponent? {
    var event = series
    event?.attendees = []
    return event
  }
}

extension SchedulingOutcome {
  /// The addresses of the people whom an answer is about.
  fileprivate var people: [String] {
    switch self {
    case .answered(let answer), .crashed(let answer):
      ([answer.address] + answer.delegates + answer.delegators).map { $0.lowercased() }
    default: []
    }
  }
}

extension EventComponent {
  fileprivate func isAmong(_ events: [EventComponent]) -> Bool {
    events.contains { $0.recurrenceID == recurrenceID && $0.status == status }
  }
}

/// Whether what a calendar stores is there again when it is read.
private func checkStored(_ event: ScheduledEvent) {
  guard let data = try? JSONEncoder().encode(event.memory),
    let memory = try? JSONDecoder().decode(SchedulingMemory.self, from: data)
  else { return expect(false, "a memory is stored") }
  expect(memory == event.memory, "a memory is read as it was stored")
  let again = ScheduledEvent(uid: uid, components: event.components, memory: memory)
  expect(again == event, "an event is as it was stored")
  let instances = event.components.compactMap(\.recurrenceID)
  for instance in instances {
    expect(event.event(at: instance) != nil, "an instance with a component of its own is found")
  }
  let excluding = event.componentsWithExclusions
  expect(excluding.count <= event.components.count, "exclusions are no components")
  let written = CalendarObject(events: event.components).serialized()
  guard let read = try? CalendarObject.parseAll(written).first else {
    return expect(false, "what was written is read")
  }
  expect(read.events.count == event.components.count, "no event is lost")
  expect(read.serialized() == written, "what is written stays")
}

/// Whether the organizer gets the guest's answer to what the guest has.
private func checkReply(to event: ScheduledEvent) {
  for component in event.components.prefix(3) {
    guard
      let reply = try? SchedulingMessage.reply(
        to: component,
        from: guest,
        .accepted,
        comment: "Yes",
        at: Date(timeIntervalSince1970: 2_000_000_000)
      )
    else { continue }
    text += reply.text
    expect((try? SchedulingMessage.parse(reply.serialized())) == reply, "an answer is read as it was written")
    let known = ScheduledEvent(uid: uid, components: event.components)
    let outcomes = known.receiving(reply, for: [host], from: guest).outcomes
    guard case .answered(let answer)? = outcomes.first, outcomes.count == 1 else {
      return expect(false, "the organizer takes a guest's answer: \(outcomes)")
    }
    expect(answer.status == .accepted && answer.comment == "Yes", "an answer says what the guest said")
  }
}

/// Tells how two events differ, for who looks into a finding.
private func explain(_ one: ScheduledEvent, _ other: ScheduledEvent) {
  for event in [one, other] {
    text +=
      "-- \(event.memory)\n"
      + event.components.map { String(decoding: $0.component.serialized(), as: UTF8.self) }.joined()
  }
}
