import CalendarCore
import Foundation
import ICalendar
import JobQueue

extension EventTable {
  func insert(_ event: CalendarEvent, idempotencyKey: String?, fingerprint: String?) throws {
    let inserted = try connection.insert(
      into: "calendar_event",
      try ["workspace_id": tenant, "id": .id(event.id)] + Self.columns(of: event)
        + ["idempotency_key": .string(idempotencyKey), "fingerprint": .string(fingerprint)],
      unlessTaken: "workspace_id, idempotency_key"
    )
    guard inserted == 1 else { throw StoreError.duplicateIdempotencyKey }
    try insertParticipantsAndLinks(of: event)
    try remember(event)
    try noteChanges(with: event)
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
    try remember(event)
    try noteChanges(with: event)
  }

  func noteChanges(ofChannel channel: CalendarChannel.ID) throws { try changes.add(eventsOf: channel) }

  /// A changed occurrence also changes its series, so that clients which show the series reload it.
  private func noteChanges(with event: CalendarEvent) throws {
    try changes.add(event.id)
    if let seriesID = event.seriesID { try changes.add(seriesID) }
  }

  /// Keeps the content under its version, and forgets the oldest.
  private func remember(_ event: CalendarEvent) throws {
    let inserted = try connection.insert(
      into: "event_version",
      [
        "workspace_id": tenant,
        "event_id": .id(event.id),
        "version": .count(event.version),
        "content": try .json(StoredVersion(event.editable)),
      ],
      unlessTaken: "workspace_id, event_id, version"
    )
    guard inserted > 0, event.version > Self.rememberedVersions else { return }
    try connection.execute(
      """
      DELETE FROM event_version WHERE workspace_id = \(tenant) AND event_id = \(event.id)
        AND version <= \(.count(event.version - Self.rememberedVersions))
      """
    )
  }

  /// Nobody edits for longer than others need for so many changes.
  private static let rememberedVersions = 20

  /// Its participants, links and jobs go with it.
  func delete(_ id: CalendarEvent.ID) throws {
    try JobTable(connection: connection, workspaceID: workspaceID).cancelAll(about: .event(id))
    let deleted = try connection.execute(
      "DELETE FROM calendar_event WHERE workspace_id = \(tenant) AND id = \(id)"
    )
    if deleted > 0 { try changes.add(id) }
  }

  func releaseKey(of id: CalendarEvent.ID) throws {
    try connection.execute(
      """
      UPDATE calendar_event SET idempotency_key = NULL, fingerprint = NULL
      WHERE workspace_id = \(tenant) AND id = \(id)
      """
    )
  }

  private func insertParticipantsAndLinks(of event: CalendarEvent) throws {
    try connection.insert(
      into: "calendar_event_participant",
      rows: event.participants.enumerated().map { position, participant in
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
      }
    )
    try connection.insert(
      into: "calendar_event_person",
      rows: event.links.personIDs.enumerated().map { position, personID in
        [
          "workspace_id": tenant,
          "event_id": .id(event.id),
          "position": .count(position),
          "person_id": .id(personID),
        ]
      }
    )
  }

  private static func bucket(of event: CalendarEvent, _ times: EventTimes) -> ListingBucket {
    if event.isHidden { return .hidden }
    return event.isRecurring ? .series : times.bucket
  }

  /// The values that inserting and updating both write.
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
      "listing_bucket": .count(bucket(of: event, times).rawValue),
      "repeats_until": .instant(event.repeatsUntil),
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
      "conference_id": .string(event.conference.conferenceID),
      "created_from_crm": .bool(event.createdFromCRM),
      "crm_creator_id": .id(event.crmCreatorID),
      "account_id": .id(event.accountID),
      "channel_id": .id(event.channelID),
      "send_invitations": .bool(event.sendInvitations),
      "series_id": .id(event.seriesID),
      "original_start": .string(event.originalStart?.description),
      "push_status": .name(event.push.status),
      "push_error": .string(event.push.error),
      "external_id": .string(event.push.externalID),
      "etag": .string(event.push.etag),
      "provider_url": .string(event.push.providerURL),
      "agreed": try event.agreed.map { try .json(StoredVersion($0)) } ?? .null,
      "conflict": try event.conflict.map { try .json(StoredConflict($0)) } ?? .null,
      "pending_deletion": try event.pendingDeletion.map { try .json(StoredDeletion($0)) } ?? .null,
      "deleted_at": .instant(event.deletedAt),
      "version": .count(event.version),
      "edited_at": .instant(event.editedAt),
      "created_at": .instant(event.createdAt),
      "updated_at": .instant(event.updatedAt),
    ]
  }
}
