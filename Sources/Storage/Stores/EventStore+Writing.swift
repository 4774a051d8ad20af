import CalendarCore
import Foundation
import ICalendar

extension WorkspaceStore {
  func insert(_ event: CalendarEvent, idempotencyKey: String?, fingerprint: String?) throws {
    let inserted = try connection.insert(
      into: "calendar_event",
      try ["workspace_id": tenant, "id": .id(event.id)] + Self.columns(of: event)
        + ["idempotency_key": .string(idempotencyKey), "fingerprint": .string(fingerprint)],
      unlessTaken: "workspace_id, idempotency_key"
    )
    guard inserted == 1 else { throw StoreError.duplicateIdempotencyKey }
    try insertParticipantsAndLinks(of: event)
    try noteChange(of: event.id)
  }

  func update(_ event: CalendarEvent) throws {
    try connection.update(
      "calendar_event",
      workspace: tenant,
      id: .id(event.id),
      try Self.columns(of: event)
    )
    try connection.execute(
      "DELETE FROM calendar_event_participant WHERE workspace_id = \(tenant) AND event_id = \(event.id)"
    )
    try connection.execute(
      "DELETE FROM calendar_event_person WHERE workspace_id = \(tenant) AND event_id = \(event.id)"
    )
    try insertParticipantsAndLinks(of: event)
    try noteChange(of: event.id)
  }

  /// Its participants, links and jobs go with it.
  func deleteEvent(_ id: CalendarEvent.ID) throws {
    let deleted = try connection.execute(
      "DELETE FROM calendar_event WHERE workspace_id = \(tenant) AND id = \(id)"
    )
    if deleted > 0 { try noteChange(of: id) }
  }

  private func insertParticipantsAndLinks(of event: CalendarEvent) throws {
    for (position, participant) in event.participants.enumerated() {
      try connection.insert(
        into: "calendar_event_participant",
        [
          "workspace_id": tenant,
          "event_id": .id(event.id),
          "position": .count(position),
          "handle": .string(participant.handle.rawValue),
          "address": SearchText(participant.handle).value,
          "display_name": .string(participant.displayName),
          "is_organizer": .bool(participant.isOrganizer),
          "response_status": .name(participant.responseStatus),
        ]
      )
    }
    for (position, personID) in event.links.personIDs.enumerated() {
      try connection.insert(
        into: "calendar_event_person",
        [
          "workspace_id": tenant,
          "event_id": .id(event.id),
          "position": .count(position),
          "person_id": .id(personID),
        ]
      )
    }
  }

  /// What inserting and updating both write.
  private static func columns(of event: CalendarEvent) throws -> SQLColumns {
    let times = EventTimes(event.timing)
    return [
      "title": .string(event.title),
      "details": .string(event.details),
      "location": .string(event.location),
      "starts_time": .string(times.startText),
      "ends_time": .string(times.endText),
      "starts_at": .instant(times.start),
      "ends_at": .instant(times.end),
      "length": .count(times.length.rawValue),
      "recurrence": try .json(event.recurrence),
      "is_canceled": .bool(event.isCanceled),
      "ical_uid": .string(event.iCalUID),
      "sequence": .count(event.sequence),
      "company_id": .id(event.links.companyID),
      "opportunity_id": .id(event.links.opportunityID),
      "conference_provider": .name(event.conference.providerID),
      "conference_status": .name(event.conference.status),
      "conference_link": .string(event.conference.link),
      "conference_request_id": .string(event.conference.requestID),
      "created_from_crm": .bool(event.createdFromCRM),
      "crm_creator_id": .id(event.crmCreatorID),
      "account_id": .id(event.accountID),
      "channel_id": .id(event.channelID),
      "send_invitations": .bool(event.sendInvitations),
      "push_status": .name(event.push.status),
      "push_error": .string(event.push.error),
      "external_id": .string(event.push.externalID),
      "etag": .string(event.push.etag),
      "provider_url": .string(event.push.providerURL),
      "version": .count(event.version),
      "created_at": .instant(event.createdAt),
      "updated_at": .instant(event.updatedAt),
    ]
  }
}
