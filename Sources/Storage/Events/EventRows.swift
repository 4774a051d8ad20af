import CalendarCore
import ICalendar

extension CalendarEvent {
  /// Without participants and linked persons, which are rows of their own.
  init(_ row: SQLRow) throws {
    self.init(
      id: try row.id("id"),
      title: try row.text("title"),
      details: try row.optionalText("details"),
      location: try row.optionalText("location"),
      timing: try EventTiming(row),
      recurrence: try row.json("recurrence"),
      isCanceled: try row.bool("is_canceled"),
      iCalUID: try row.text("ical_uid"),
      sequence: try row.count("sequence"),
      links: EventLinks(
        companyID: try row.optionalID("company_id"),
        opportunityID: try row.optionalID("opportunity_id")
      ),
      conference: try EventConference(row),
      createdFromCRM: try row.bool("created_from_crm"),
      crmCreatorID: try row.optionalID("crm_creator_id"),
      accountID: try row.optionalID("account_id"),
      channelID: try row.optionalID("channel_id"),
      sendInvitations: try row.bool("send_invitations"),
      seriesID: try row.optionalID("series_id"),
      originalStart: try row.optionalParsed("original_start") { OriginalStart($0) },
      push: try PushState(row),
      agreed: try row.optionalVersion("agreed"),
      conflict: try row.optionalStored("conflict", StoredConflict.self)?.conflict,
      pendingDeletion: try row.optionalStored("pending_deletion", StoredDeletion.self)?.deletion,
      deletedAt: try row.optionalInstant("deleted_at"),
      version: try row.count("version"),
      editedAt: try row.instant("edited_at"),
      createdAt: try row.instant("created_at"),
      updatedAt: try row.instant("updated_at")
    )
  }
}

extension EventConference {
  init(_ row: SQLRow) throws {
    self.init(
      providerID: try row.parsed("conference_provider") { ConferenceProviderID(rawValue: $0) },
      status: try row.name("conference_status"),
      link: try row.optionalText("conference_link"),
      requestID: try row.optionalText("conference_request_id"),
      conferenceID: try row.optionalText("conference_id")
    )
  }
}

extension PushState {
  init(_ row: SQLRow) throws {
    self.init(
      status: try row.name("push_status"),
      error: try row.optionalText("push_error"),
      externalID: try row.optionalText("external_id"),
      etag: try row.optionalText("etag"),
      providerURL: try row.optionalText("provider_url")
    )
  }
}

extension CalendarEventParticipant {
  init(_ row: SQLRow) throws {
    self.init(
      handle: try row.address("handle"),
      displayName: try row.optionalText("display_name"),
      isOrganizer: try row.bool("is_organizer"),
      responseStatus: try row.name("response_status")
    )
  }
}
