// Reads an invitation, lists its occurrences in a span of time, and answers it: PROGRAM FILE ADDRESS FIRST-DAY DAYS.
import Foundation
import ICalendar

let arguments = CommandLine.arguments
guard arguments.count == 5, let data = FileManager.default.contents(atPath: arguments[1]),
  let first = CalendarDate(arguments[3]), let days = Int(arguments[4])
else {
  print("usage: Example FILE ADDRESS FIRST-DAY DAYS")
  exit(2)
}
let address = arguments[2]

// 1. Read. A bad property costs that property, and a bad event that event; strict reading tells of each.
let calendar = try CalendarObject.parse(data)
for error in calendar.unreadable { print("not read: \(error)") }
for defect in try Component.inspect(data).defects { print("defect: \(defect)") }

// 2. Expand. A series is an event with the instances that differ; times are of the clock in the event's zone.
let (series, alone) = EventSeries.grouping(calendar.events)
var zone = Zone.utc
if case .timed(let start, _) = calendar.events.first?.timing { zone = start.zone }
let from = ZonedDateTime(local: LocalDateTime(startOf: first), zone: zone).instant
let to = ZonedDateTime(local: LocalDateTime(startOf: first.adding(days: days)), zone: zone).instant
for event in alone { print("\(event.timing): \(event.summary ?? "Untitled")") }
for one in series {
  let expansion = one.between(from, to, in: zone)
  for instance in expansion.instances {
    guard case .timed(let start, let end) = instance.timing else { continue }
    print("\(start.rfc3339) – \(end.rfc3339)  \(instance.summary ?? "Untitled")")
  }
  if !expansion.isComplete { print("The rule was given up before the end.") }
}

// 3. Answer. The reply goes to the organizer by mail; what stands in it is RFC 5546's.
guard let invited = series.first?.master ?? alone.first else { exit(0) }
let now = Date(timeIntervalSince1970: 1_773_140_400)
let reply = try SchedulingMessage.reply(
  to: invited,
  from: address,
  .accepted,
  comment: "See you there",
  at: now
)
print("Content-Type: \(reply.contentType)\n")
print(reply.text)

// 4. The organizer's side: the reply is applied to what is stored, and may come late or twice.
let stored = ScheduledEvent(uid: invited.uid, components: series.first?.events ?? [invited])
let reception = stored.receiving(try SchedulingMessage.parse(reply.serialized()), for: ["ann@example.com"])
for attendee in reception.event.components.first?.attendees ?? [] {
  print("\(attendee.user.commonName ?? attendee.user.address): \(attendee.participationStatus.rawValue)")
}
