import CalendarCore
import CalendarService
import Foundation
import ICalendar

/// The demo's companies, people, opportunity and meetings.
struct DemoRecords {
  let useCases: UseCases

  func plant(caller: Caller) async throws {
    let known = try await useCases.records.queries.people(search: nil, first: 1, after: nil, caller: caller)
    if known.rows.isEmpty { try await plantRecords(caller: caller) }
    try await plantMeetings(caller: caller)
  }

  private func plantRecords(caller: Caller) async throws {
    let create = useCases.records.create
    let northwind = try await create.company(
      name: "Northwind Bakery",
      domainName: "northwind.example",
      caller: caller
    )
    let harbor = try await create.company(name: "Harbor & Sons", domainName: "harbor.example", caller: caller)
    _ = try await create.opportunity(
      name: "Ovens for three shops",
      companyID: northwind.id,
      pointOfContactID: nil,
      stage: "Proposal",
      amount: 48_000,
      caller: caller
    )
    for (first, last, email, company, title) in [
      ("Emil", "Sandberg", "emil@northwind.example", northwind.id, "Head of purchasing"),
      ("Grace", "Oduya", "grace@northwind.example", northwind.id, "Managing director"),
      ("Tomás", "Ibáñez", "tomas@harbor.example", harbor.id, "Operations"),
    ] {
      _ = try await create.person(
        firstName: first,
        lastName: last,
        emails: [email],
        companyID: company,
        jobTitle: title,
        caller: caller
      )
    }
    // A person without an email address cannot be invited.
    _ = try await create.person(
      firstName: "Noor",
      lastName: "Haddad",
      emails: [],
      companyID: harbor.id,
      jobTitle: "Finance",
      caller: caller
    )
  }

  /// Creates each meeting with an idempotency key of its own, so that none is created twice.
  ///
  /// Nobody asked for invitations, so none are sent.
  private func plantMeetings(caller: Caller) async throws {
    let accounts = try await useCases.accounts.queries.accounts(caller: caller).filter(\.canWrite)
    guard let connected = accounts.first(where: { $0.account.sendsInvitations }) ?? accounts.first,
      let builtIn = accounts.last
    else { return }
    let zone = Zone("Europe/Berlin") ?? .utc
    let today = ZonedDateTime(instant: useCases.clock.now, zone: zone).local.date
    let meetings: [(String, String, Int, Int, AccountView, [String])] = [
      ("kick-off", "Kick-off with Northwind", 1, 10, connected, ["emil@northwind.example"]),
      ("pricing", "Pricing review", 2, 14, connected, ["grace@northwind.example", "emil@northwind.example"]),
      ("focus", "Prepare the proposal", 3, 9, builtIn, []),
    ]
    for (key, title, day, hour, account, guests) in meetings {
      guard let local = LocalDateTime("\(today.adding(days: day))T\(hour < 10 ? "0" : "")\(hour):00:00")
      else {
        continue
      }
      let start = ZonedDateTime(local: local, zone: zone)
      let end = ZonedDateTime(local: local.adding(seconds: 3600), zone: zone)
      var input = CreateEventInput(
        title: title,
        startsAt: .init(instant: start.instant, writtenDate: start.local.date),
        endsAt: .init(instant: end.instant, writtenDate: end.local.date),
        connectedAccountID: account.account.id
      )
      input.timeZone = zone.identifier
      input.attendees = guests.map { .init(email: $0) }
      input.sendInvitations = false
      input.idempotencyKey = "demo-\(key)"
      do {
        _ = try await useCases.events.create(input, caller: caller)
      } catch AccessError.featureDisabled {
        // It was switched off by hand since the last start.
        return
      } catch is IdempotencyKeyTaken {
        // The demo was filled on another day, from which today's dates differ.
      }
    }
  }
}
