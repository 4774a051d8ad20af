import CalendarCore
import Foundation
import ICalendar
import JobQueue
import Testing

/// The instant that tests count from.
let noon = Date(timeIntervalSince1970: 1_800_000_000)

/// An instant so many milliseconds after `noon`, made as the clock makes them: equal when it comes back.
func instant(_ milliseconds: Double) -> Date {
  Date(timeIntervalSince1970: (1_800_000_000_000 + milliseconds) / 1000)
}

/// An id that is the same in every run.
func id<Entity>(_ number: Int) -> Identifier<Entity> {
  let bytes = withUnsafeBytes(of: UInt64(number).bigEndian) { Array($0) }
  return Identifier(
    UUID(
      uuid: (
        0, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]
      )
    )
  )
}

func address(_ text: String) throws -> EmailAddress { try #require(EmailAddress(text)) }
func zone(_ identifier: String) throws -> Zone { try #require(Zone(identifier)) }

/// An event's time from its texts: two dates or two times with their zones.
func timing(_ start: String, _ end: String) throws -> EventTiming {
  if let date = CalendarDate(start) {
    return .allDay(start: date, end: try #require(CalendarDate(end)))
  }
  return .timed(start: try #require(ZonedDateTime(start)), end: try #require(ZonedDateTime(end)))
}

/// A timed event's time in UTC, in hours after `noon`.
func hours(_ start: Double, _ end: Double) -> EventTiming {
  .timed(
    start: ZonedDateTime(instant: noon + start * 3600, zone: .utc),
    end: ZonedDateTime(instant: noon + end * 3600, zone: .utc)
  )
}

/// One workspace with one row of every kind; ids and addresses of different fixtures differ.
struct TestWorkspace: Sendable {
  let number: Int
  var workspace: Workspace
  var member: WorkspaceMember
  var session: Session
  var token: APIToken
  var company: Company
  var person: Person
  var opportunity: Opportunity
  var account: ConnectedAccount
  var channel: CalendarChannel
  var event: CalendarEvent
  var job: Job
  var email: EmailMessage

  init(_ number: Int) throws {
    self.number = number
    let base = number * 1000
    workspace = Workspace(id: id(base), displayName: "Bürogemeinschaft 東京 🏯", createdAt: noon)
    member = WorkspaceMember(
      id: id(base + 1),
      workspaceID: workspace.id,
      email: try address("Member\(number)@Example.com"),
      displayName: "Zoë O’Neill",
      timeZone: try zone("America/New_York"),
      defaultConferenceProviderID: .init(rawValue: "SOME_CONFERENCE")
    )
    session = Session(
      tokenHash: "session-\(number)",
      memberID: member.id,
      workspaceID: workspace.id,
      expiresAt: noon + 60
    )
    token = APIToken(
      id: id(base + 2),
      tokenHash: "token-\(number)",
      memberID: member.id,
      workspaceID: workspace.id,
      createdAt: noon
    )
    company = Company(id: id(base + 3), name: "Łódź & Söhne", domainName: "söhne.example")
    person = Person(
      id: id(base + 4),
      firstName: "Ægir",
      lastName: "Ólafsson",
      emails: [try address("Aegir@Example.org"), try address("ægir@example.is")],
      companyID: company.id,
      jobTitle: "Försäljare"
    )
    opportunity = Opportunity(
      id: id(base + 5),
      name: "Großauftrag",
      companyID: company.id,
      pointOfContactID: person.id,
      stage: "MEETING",
      amount: 12_500.75
    )
    account = ConnectedAccount(
      id: id(base + 6),
      ownerID: member.id,
      provider: .init(rawValue: "SOME_CALENDAR"),
      handle: try address("Member\(number)@Calendar.example"),
      displayName: "Kalender “Büro”",
      grantedScopes: ["calendar/events", "profile"],
      parameters: ["serverURL": "https://dav.example/ü", "quoted": "\"\\\n"],
      sendsInvitations: true,
      authFailedAt: noon + 5
    )
    channel = CalendarChannel(
      id: id(base + 7),
      accountID: account.id,
      handle: "Arbeit ☕️",
      externalID: "/calendars/arbeit/",
      isPrimary: true,
      isWritable: false,
      conferenceSolutions: ["someVideo", "otherVideo"],
      visibility: .metadata
    )
    channel.isSyncEnabled = false
    channel.contactAutoCreationPolicy = .asOrganizer
    channel.conflictResolution = .manual
    channel.syncStatus = .failedUnknown
    channel.syncStage = .eventsImportOngoing
    channel.syncedAt = instant(-125)
    channel.lastError = "Der Server schweigt."
    event = try Self.event(id(base + 8), member, account, channel, person, company, opportunity)
    job = Job(
      id: jobID(base + 9),
      workspaceID: workspace.id,
      kind: JobKind(rawValue: "RESOLVE_CONFERENCE"),
      subject: .event(event.id),
      accountID: account.id,
      scheduledAt: instant(1)
    )
    var email = EmailMessage(
      id: .init(UUID()),
      accountID: account.id,
      senderID: member.id,
      from: Mailbox(member.email, displayName: "Ada, Countess"),
      to: [Mailbox(member.email, displayName: "Björk")],
      cc: [Mailbox(member.email)],
      bcc: [Mailbox(member.email)],
      subject: "Grüße 🎈",
      text: "Hello",
      html: "<p>Hello</p>",
      attachments: [EmailAttachment(name: "ä.bin", type: "application/x", content: [0, 255, 10])],
      references: ["a@b", "c@d"],
      eventID: event.id,
      links: EventLinks(personIDs: [person.id], companyID: company.id, opportunityID: opportunity.id),
      delivery: EmailDelivery(status: .failed, error: "No.", sendAt: noon, sentAt: noon + 1),
      createdAt: noon
    )
    email.delivery.deliveryStartedAt = noon + 2
    self.email = email
  }

  private static func event(
    _ id: CalendarEvent.ID,
    _ member: WorkspaceMember,
    _ account: ConnectedAccount,
    _ channel: CalendarChannel,
    _ person: Person,
    _ company: Company,
    _ opportunity: Opportunity
  ) throws -> CalendarEvent {
    CalendarEvent(
      id: id,
      title: "Café-Gespräch 👩‍👩‍👧 %_'\"\\",
      details: "Erste Zeile\nZweite\u{2028}Zeile",
      location: "Straße 1, Ålesund",
      // The second pass of the hour that New York has twice.
      timing: try timing(
        "2026-11-01T01:30:00-05:00[America/New_York]",
        "2026-11-01T09:00:00+01:00[Europe/Oslo]"
      ),
      isCanceled: true,
      iCalUID: "uid-\(id)@phos.example",
      sequence: 3,
      participants: [
        CalendarEventParticipant(
          handle: account.handle,
          displayName: "Zoë",
          isOrganizer: true,
          responseStatus: .accepted
        ),
        CalendarEventParticipant(handle: try address("Guest@Example.net"), responseStatus: .tentative),
      ],
      links: EventLinks(personIDs: [person.id], companyID: company.id, opportunityID: opportunity.id),
      conference: EventConference(
        providerID: .init(rawValue: "SOME_CONFERENCE"),
        status: .pending,
        link: "https://meet.example/ü?a=b&c=d",
        requestID: "request",
        conferenceID: "conference"
      ),
      createdFromCRM: true,
      crmCreatorID: member.id,
      accountID: account.id,
      channelID: channel.id,
      sendInvitations: false,
      push: PushState(
        status: .conflict,
        error: "Später.",
        externalID: "external",
        etag: "\"etag\"",
        providerURL: "https://calendar.example/e"
      ),
      agreed: EventVersion(
        EventContent(
          title: "Vorher",
          details: "\"\\",
          timing: try timing("2026-12-24", "2026-12-27"),
          recurrence: ["RRULE:FREQ=YEARLY"],
          attendees: [
            .init(handle: try address("Other@Example.net"), displayName: "Ø", responseStatus: .declined)
          ]
        ),
        EventConference(
          providerID: .init(rawValue: "OTHER"),
          status: .success,
          link: "https://a.example",
          requestID: "r",
          conferenceID: "c"
        )
      ),
      conflict: EventConflict(
        theirs: EventVersion(
          EventContent(
            title: "Anders",
            location: "Oslo",
            timing: try timing(
              "2026-11-01T01:30:00-04:00[America/New_York]",
              "2026-11-01T02:30:00+01:00[Europe/Oslo]"
            )
          ),
          EventConference()
        ),
        fields: [.title, .timing],
        detectedAt: instant(-5)
      ),
      version: 7,
      editedAt: instant(-4),
      createdAt: instant(-999),
      updatedAt: instant(1)
    )
  }

  func store(in database: any CalendarCore.Database) async throws {
    try await database.system { try $0.insert(workspace) }
    try await database.write(workspace.id) { transaction throws in
      try transaction.members.insert(member, passwordHash: "hash-\(number)")
      try transaction.members.insert(token)
      try transaction.members.setFlag(.compose, enabled: true)
      try transaction.records.insert(company)
      try transaction.records.insert(person)
      try transaction.records.insert(opportunity)
      try transaction.accounts.insert(account, sealedCredentials: "sealed-\(number)")
      try transaction.accounts.keep(InboxCursor(position: "\(number)", readAt: noon), of: account.id)
      try transaction.accounts.insert(channel)
      try transaction.events.insert(event, idempotencyKey: "key-\(number)", fingerprint: "print-\(number)")
      try transaction.jobs.insert(job)
      try transaction.emails.insert(email, idempotencyKey: "mail", fingerprint: "print")
    }
    try await database.system { try $0.insert(session) }
  }

  /// Another event of this fixture, plain but for what the test is about.
  func meeting(_ number: Int, _ timing: EventTiming, guests: [String] = []) throws -> CalendarEvent {
    CalendarEvent(
      id: id(self.number * 1000 + 100 + number),
      title: "Meeting \(number)",
      timing: timing,
      iCalUID: "meeting-\(number)",
      participants: try guests.map { CalendarEventParticipant(handle: try address($0)) },
      createdFromCRM: true,
      accountID: account.id,
      channelID: channel.id,
      createdAt: noon,
      updatedAt: noon
    )
  }
}
