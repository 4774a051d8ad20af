import CalendarCore
import CalendarService
import Foundation
import GraphQLEngine
import HummingbirdTesting
import JobQueue
import Logging
@testable import PhosServer
import Testing

/// Mallory knows every id of another workspace, and can read, link and change nothing with them.
@Suite(.timeLimit(.minutes(5))) struct WorkspaceIsolationTests {
  /// One request of Mallory's about Ada's things, and what must come of it.
  private struct Attempt {
    let field: String
    let text: String
    let expected: Expected

    enum Expected { case data(GraphQLValue), refused(String) }

    init(_ field: String, _ rest: String, _ expected: Expected, mutates: Bool = false) {
      self.field = field
      self.expected = expected
      text = "\(mutates ? "mutation " : "") { \(field)\(rest) }"
    }
  }

  /// Ada's ids.
  private struct Loot {
    var event = ""
    var company = ""
    var person = ""
    var opportunity = ""
    var cursor = ""
    var failedJob = ""
    var email = ""
    var iCalUID = ""
  }

  private static func fill(_ server: TestServer, _ client: any TestClientProtocol) async throws -> Loot {
    var loot = Loot()
    let ada = server.ada
    loot.company =
      try await client.field(
        "createCompany",
        #"mutation { createCompany(input: { name: "Loot Ltd" }) { id } }"#,
        as: ada
      )["id"]?
      .stringValue ?? ""
    loot.person =
      try await client.field(
        "createPerson",
        """
        mutation { createPerson(
          input: { lastName: "Loot", emails: ["loot@example.org"], companyId: "\(loot.company)" }) { id } }
        """,
        as: ada
      )["id"]?.stringValue ?? ""
    loot.opportunity =
      try await client.field(
        "createOpportunity",
        """
        mutation { createOpportunity(input: { name: "Loot deal", companyId: "\(loot.company)",
          pointOfContactId: "\(loot.person)" }) { id } }
        """,
        as: ada
      )["id"]?.stringValue ?? ""
    loot.event =
      try await client.createEvent(
        [
          "title": "Loot plan", "idempotencyKey": "key", "attendees": [["email": "loot@example.org"]],
          "linkedPersonIds": [.string(loot.person)], "linkedCompanyId": .string(loot.company),
          "linkedOpportunityId": .string(loot.opportunity),
        ],
        as: ada
      )["id"]?.stringValue ?? ""
    loot.cursor =
      try await client.field(
        "people",
        "{ people { pageInfo { endCursor } } }",
        as: ada
      )["pageInfo"]?["endCursor"]?.stringValue ?? ""
    loot.email = try await writeMail(server)
    loot.iCalUID =
      try await client.field(
        "getCalendarEventById",
        "{ getCalendarEventById(eventId: \"\(loot.event)\") { iCalUid } }",
        as: ada
      )["iCalUid"]?.stringValue ?? ""
    loot.failedJob = try await giveUpJob(of: loot.event, server)
    return loot
  }

  /// A mail of Ada's that was not sent.
  private static func writeMail(_ server: TestServer) async throws -> String {
    let email = EmailMessage(
      id: .init(UUID()),
      accountID: server.ada.account.id,
      senderID: server.ada.caller.memberID,
      from: Mailbox(server.ada.account.handle),
      to: [Mailbox(try #require(EmailAddress("loot@example.org")))],
      subject: "Loot",
      text: "Loot",
      delivery: EmailDelivery(status: .failed, sendAt: server.now),
      createdAt: server.now
    )
    try await server.database.write(server.ada.caller.workspaceID) {
      try $0.emails.insert(email, idempotencyKey: nil, fingerprint: nil)
    }
    return "\(email.id)"
  }

  /// A delivery of the event that Ada's list of failures has.
  private static func giveUpJob(of event: String, _ server: TestServer) async throws -> String {
    let lease = JobLease(owner: "test", expiresAt: server.now)
    var job = Job(
      id: try #require(Job.ID("00000000-0000-4000-8000-00000000dead")),
      workspaceID: server.ada.caller.workspaceID,
      kind: JobKind(rawValue: "PUSH_EVENT"),
      subject: .event(try #require(CalendarEvent.ID(event))),
      accountID: server.ada.account.id,
      scheduledAt: server.now
    )
    job.lease = lease
    try await server.database.write(job.workspaceID) { [now = server.now, job] transaction throws in
      try transaction.jobs.insert(job)
      #expect(try transaction.jobs.discard(job.id, owner: lease.owner, reason: "Loot is lost.", at: now))
    }
    return "\(job.id)"
  }

  private static func attempts(_ server: TestServer, _ loot: Loot) -> [Attempt] {
    let (account, channel, own) = (server.ada.account.id, server.ada.channel.id, server.mallory)
    let span = #"from: "2027-01-01T00:00:00Z", to: "2027-12-31T00:00:00Z""#
    let nothing = Attempt.Expected.data(["edges": []])
    let noEvents = Attempt.Expected.data(["totalNumberOfCalendarEvents": 0, "timelineCalendarEvents": []])
    let timeline = "page: 1, pageSize: 10) { totalNumberOfCalendarEvents timelineCalendarEvents { id } }"
    let refusal = Attempt.Expected.data(["success": false, "errorCode": "NOT_FOUND", "calendarEvent": .null])
    func send(_ input: String) -> Attempt {
      Attempt(
        "sendEmail",
        """
        (input: { \(input), to: ["thief@example.com"], subject: "", body: "" }) { success errorCode email { id } }
        """,
        .data(["success": false, "errorCode": "NOT_FOUND", "email": .null]),
        mutates: true
      )
    }
    func create(_ account: ConnectedAccount.ID, _ more: String) -> Attempt {
      Attempt(
        "createCalendarEvent",
        """
        (input: { title: "Theft", startsAt: "2027-05-01T10:00:00Z", endsAt: "2027-05-01T11:00:00Z",
          connectedAccountId: "\(account)" \(more) }) { success errorCode calendarEvent { id } }
        """,
        refusal,
        mutates: true
      )
    }
    return [
      Attempt(
        "me",
        "{ email workspaceName }",
        .data(["email": .string(own.email), "workspaceName": "There"])
      ),
      Attempt("getCalendarEventById", "(eventId: \"\(loot.event)\") { title }", .data(.null)),
      Attempt("calendarEvents", "(\(span)) { edges { node { id } } }", nothing),
      Attempt(
        "calendarEvents",
        "(\(span), connectedAccountId: \"\(account)\") { edges { node { id } } }",
        nothing
      ),
      Attempt(
        "getTimelineCalendarEventsFromPersonId",
        "(personId: \"\(loot.person)\", \(timeline)",
        noEvents
      ),
      Attempt(
        "getTimelineCalendarEventsFromCompanyId",
        "(companyId: \"\(loot.company)\", \(timeline)",
        noEvents
      ),
      Attempt(
        "getTimelineCalendarEventsFromOpportunityId",
        "(opportunityId: \"\(loot.opportunity)\", \(timeline)",
        noEvents
      ),
      Attempt(
        "getAvailableConferenceProviders",
        "(connectedAccountId: \"\(account)\") { providerId }",
        .refused("NOT_FOUND")
      ),
      Attempt("connectedAccounts", "{ handle }", .data([["handle": .string(own.email)]])),
      Attempt("calendarChannels", "{ id }", .data([["id": .string("\(own.channel.id)")]])),
      Attempt("people", "(search: \"loot\") { edges { node { id } } }", nothing),
      Attempt("people", "(after: \"\(loot.cursor)\") { edges { node { id } } }", nothing),
      Attempt("companies", "{ edges { node { id } } }", nothing),
      Attempt("opportunities", "{ edges { node { id } } }", nothing),
      Attempt("person", "(id: \"\(loot.person)\") { emails }", .data(.null)),
      Attempt("company", "(id: \"\(loot.company)\") { name people { id } }", .data(.null)),
      Attempt("opportunity", "(id: \"\(loot.opportunity)\") { name }", .data(.null)),
      create(account, ""),
      create(own.account.id, ", linkedPersonIds: [\"\(loot.person)\"]"),
      create(own.account.id, ", linkedCompanyId: \"\(loot.company)\""),
      create(own.account.id, ", linkedOpportunityId: \"\(loot.opportunity)\""),
      Attempt(
        "updateCalendarEvent",
        "(eventId: \"\(loot.event)\", input: { title: \"Mine\" }) { success errorCode calendarEvent { id } }",
        refusal,
        mutates: true
      ),
      Attempt(
        "deleteCalendarEvent",
        "(eventId: \"\(loot.event)\") { success errorCode }",
        .data(["success": false, "errorCode": "NOT_FOUND"]),
        mutates: true
      ),
      Attempt(
        "undoDeleteCalendarEvent",
        "(eventId: \"\(loot.event)\") { success errorCode calendarEvent { id } }",
        refusal,
        mutates: true
      ),
      Attempt(
        "resolveCalendarEventConflict",
        "(eventId: \"\(loot.event)\", keepCrm: true) { success errorCode calendarEvent { id } }",
        refusal,
        mutates: true
      ),
      Attempt(
        "retryCalendarEvent",
        "(eventId: \"\(loot.event)\") { success errorCode calendarEvent { id } }",
        refusal,
        mutates: true
      ),
      Attempt("failedJobs", "{ id reason calendarEvent { title } }", .data([])),
      Attempt("retryFailedJob", "(id: \"\(loot.failedJob)\")", .refused("NOT_FOUND"), mutates: true),
      Attempt("discardFailedJob", "(id: \"\(loot.failedJob)\")", .refused("NOT_FOUND"), mutates: true),
      Attempt(
        "updateCalendarChannel",
        "(id: \"\(channel)\", input: { visibility: SHARE_EVERYTHING }) { id }",
        .refused("NOT_FOUND"),
        mutates: true
      ),
      Attempt(
        "disconnectAccount",
        "(connectedAccountId: \"\(account)\")",
        .refused("NOT_FOUND"),
        mutates: true
      ),
      Attempt("emails", "(personId: \"\(loot.person)\") { edges { node { id } } }", nothing),
      Attempt("emails", "(companyId: \"\(loot.company)\") { edges { node { id } } }", nothing),
      Attempt("emails", "{ edges { node { id } } }", nothing),
      Attempt("email", "(id: \"\(loot.email)\") { subject }", .data(.null)),
      Attempt("cancelEmail", "(id: \"\(loot.email)\")", .refused("NOT_FOUND"), mutates: true),
      Attempt(
        "retryEmail",
        "(id: \"\(loot.email)\") { success errorCode email { id } }",
        .data(["success": false, "errorCode": "NOT_FOUND", "email": .null]),
        mutates: true
      ),
      Attempt(
        "receiveCalendarReply",
        """
        (content: "BEGIN:VCALENDAR\\nMETHOD:REPLY\\nBEGIN:VEVENT\\nUID:\(loot.iCalUID)\\nDTSTAMP:20300101T000000Z\\n\
        ATTENDEE;PARTSTAT=DECLINED:mailto:loot@example.org\\nEND:VEVENT\\nEND:VCALENDAR\\n")
        { success errorCode calendarEvent { id } }
        """,
        refusal,
        mutates: true
      ),
      send("connectedAccountId: \"\(account)\""),
      send("connectedAccountId: \"\(own.account.id)\", linkedCompanyId: \"\(loot.company)\""),
      send("connectedAccountId: \"\(own.account.id)\", calendarEventId: \"\(loot.event)\""),
      Attempt(
        "createPerson",
        "(input: { lastName: \"Thief\", emails: [], companyId: \"\(loot.company)\" }) { id }",
        .refused("NOT_FOUND"),
        mutates: true
      ),
      Attempt(
        "createOpportunity",
        "(input: { name: \"Theft\", companyId: \"\(loot.company)\" }) { id }",
        .refused("NOT_FOUND"),
        mutates: true
      ),
      Attempt(
        "createOpportunity",
        "(input: { name: \"Theft\", pointOfContactId: \"\(loot.person)\" }) { id }",
        .refused("NOT_FOUND"),
        mutates: true
      ),
    ]
  }

  /// Fields without an id of anything; what they touch is in tests of their own, below or elsewhere.
  private static let harmless: Set<String> = [
    "calendarProviders", "featureFlags", "setFeatureFlag", "connectAccount", "startOAuthConnection",
    "createCompany", "updateWorkspaceMember", "updateWorkspace",
  ]

  @Test func `no id of another workspace can be read, linked or changed`() async throws {
    // Nothing listens there: no mail is to get that far.
    try await TestServer.open(["PHOS_SMTP_URL": "smtp://127.0.0.1:1"]) { server, client async throws in
      let loot = try await Self.fill(server, client)
      for attempt in Self.attempts(server, loot) {
        let answer = try await client.graphQL(attempt.text, as: server.mallory)
        switch attempt.expected {
        case .data(let value):
          #expect(answer["errors"] == nil, "\(attempt.text)")
          #expect(answer["data"]?[attempt.field] == value, "\(attempt.text)")
        case .refused(let code):
          #expect(answer.firstError.code == code, "\(attempt.text)")
        }
        #expect(!answer.jsonText.contains("Loot"), "\(attempt.text)")
      }
      let failed = try await client.field("failedJobs", "{ failedJobs { reason } }", as: server.ada)
      #expect(failed == [["reason": "Loot is lost."]])
      let channel = try await client.field(
        "calendarChannels",
        "{ calendarChannels { visibility } }",
        as: server.ada
      )
      #expect(channel[0]?["visibility"]?.stringValue == server.ada.channel.visibility.rawValue)
    }
  }

  @Test func `the attempts above are about every query and mutation that there is`() async throws {
    try await TestServer.open { server, client async throws in
      let answer = try await client.graphQL(
        "{ __schema { queryType { fields { name } } mutationType { fields { name } } } }",
        as: server.ada
      )
      let schema = answer["data"]?["__schema"]
      let names = ["queryType", "mutationType"].flatMap { schema?[$0]?["fields"]?.listValue ?? [] }
        .compactMap { $0["name"]?.stringValue }
      #expect(names.count > 20)
      let covered = Set(Self.attempts(server, Loot()).map(\.field)).union(Self.harmless)
      #expect(Set(names).symmetricDifference(covered) == [])
    }
  }

  @Test func `a key of another workspace is free here`() async throws {
    try await TestServer.open { server, client async throws in
      let theirs = try await client.createEvent(["idempotencyKey": "key"], as: server.ada)
      let own = try await client.createEvent(["idempotencyKey": "key"], as: server.mallory)
      #expect(theirs["id"] != own["id"])
    }
  }

  @Test func `a flag is switched in one's own workspace only`() async throws {
    try await TestServer.open { server, client async throws in
      _ = try await client.field(
        "setFeatureFlag",
        "mutation { setFeatureFlag(key: IS_CALENDAR_EVENT_CREATE_ENABLED, enabled: false) { enabled } }",
        as: server.mallory
      )
      _ = try await client.createEvent(as: server.ada)
      let refused = try await client.graphQL(
        "mutation($input: CreateCalendarEventInput!) { createCalendarEvent(input: $input) { errorCode } }",
        ["input": .meeting(in: server.mallory)],
        as: server.mallory
      )
      #expect(refused["data"]?["createCalendarEvent"]?["errorCode"] == "FEATURE_DISABLED")
    }
  }

  @Test func `in one workspace, too, nobody writes with another's account or settings`() async throws {
    try await TestServer.open { server, client async throws in
      let answer = try await client.graphQL(
        "mutation($input: CreateCalendarEventInput!) { createCalendarEvent(input: $input) { errorCode errorField } }",
        ["input": .meeting(in: server.ada)],
        as: server.ben
      )
      #expect(
        answer["data"]?["createCalendarEvent"]
          == ["errorCode": "FORBIDDEN", "errorField": "connectedAccountId"]
      )
      let channel = try await client.graphQL(
        """
        mutation { updateCalendarChannel(
          id: "\(server.ada.channel.id)", input: { visibility: SHARE_EVERYTHING }) { id } }
        """,
        as: server.ben
      )
      #expect(channel.firstError.code == "NOT_FOUND")
    }
  }
}
