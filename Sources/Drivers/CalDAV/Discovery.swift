import CalendarCore
import Foundation
import HTTPTypes
import ICalendar
import ProviderKit

/// Finds the calendars behind an address that a person typed (RFC 6764 §6).
///
/// The address may be a server's root, a principal, a calendar home or a calendar itself. SRV and TXT records are
/// not looked up: they lead from a mail domain to a server, and here the server is given.
struct Discovery: Sendable {
  let client: CalDAVClient
  /// The account's address, as which it invites.
  let handle: EmailAddress

  struct Result: Sendable {
    /// Where the search succeeded.
    var entry: WebAddress
    var calendars: [DiscoveredCalendar]
    /// Whether the server mails guests (RFC 6638 §2).
    var schedules: Bool
  }

  func calendars(from typed: String) async throws(ProviderError) -> Result {
    let address = try Self.address(typed)
    var refused: ProviderError?
    for entry in Self.entries(address) {
      do throws(ProviderError) {
        guard let page = try await page(entry, depth: 0), let start = page.resources.first else { continue }
        let calendars = try await calendars(start, of: page)
        guard let first = calendars.first else { continue }
        return Result(
          entry: page.address,
          calendars: Self.withPrimary(calendars),
          schedules: try await schedules(first, start: start, of: page)
        )
      } catch {
        // Something else may be protected here, or the signpost be broken: only if nothing answers as CalDAV
        // was it this. A server that is not there is not asked again.
        guard !error.isRetryable else { throw error }
        refused = refused ?? error
      }
    }
    throw refused
      ?? .rejected(reason: Messages.noCalendar)
  }

  /// From whatever `start` is to the calendars of the account.
  private func calendars(
    _ start: Multistatus.Resource,
    of page: Page
  ) async throws(ProviderError) -> [DiscoveredCalendar] {
    // Named as the server names it, with the slash that the person may have left out.
    let address = page.links([start.href]).first ?? page.address
    if let calendar = DiscoveredCalendar(start, at: address) { return [calendar] }
    var homes = page.links(start.hrefs(.calDAV("calendar-home-set")))
    if homes.isEmpty, let principal = page.links(start.hrefs(.dav("current-user-principal"))).first,
      let found = try await self.page(principal, depth: 0), let resource = found.resources.first
    {
      homes = found.links(resource.hrefs(.calDAV("calendar-home-set")))
    }
    // Without a word about homes the place itself may be one.
    var calendars: [DiscoveredCalendar] = []
    for home in homes.isEmpty ? [page.address] : Array(homes.prefix(5)) {
      calendars += try await members(of: home)
    }
    return calendars
  }

  private func members(of home: WebAddress) async throws(ProviderError) -> [DiscoveredCalendar] {
    guard let page = try await page(home, depth: 1) else { return [] }
    return page.resources.compactMap { resource in
      page.links([resource.href]).first.flatMap { DiscoveredCalendar(resource, at: $0) }
    }
  }

  /// Nil when what answers is not WebDAV.
  private func page(_ address: WebAddress, depth: Int) async throws(ProviderError) -> Page? {
    let response = try await client.propfind(address, depth: depth)
    if response.status == 401 { throw Self.refusal(response) }
    let error = client.error(response)
    // 501 is a web server that knows no PROPFIND.
    if response.status >= 400, response.status != 501, error.isRetryable { throw error }
    return Page(response)
  }

  private func schedules(
    _ calendar: DiscoveredCalendar,
    start: Multistatus.Resource,
    of page: Page
  ) async throws(ProviderError) -> Bool {
    let response = try await client.send("OPTIONS", calendar.externalID, timeout: .seconds(10))
    guard response.headers.elements(of: "DAV").contains("calendar-auto-schedule") else { return false }
    // A server writes only for an organizer whose address it knows as the user's; one that does not say which it
    // knows is believed (RFC 6638 §2.4.1).
    let known = Markup.Name.calDAV("calendar-user-address-set")
    if start.property(known) != nil { return names(start.hrefs(known)) }
    guard let principal = page.links(start.hrefs(.dav("current-user-principal"))).first,
      let found = try await self.page(principal, depth: 0)?.resources.first, found.property(known) != nil
    else { return true }
    return names(found.hrefs(known))
  }

  /// Whether the account's address is among these URIs.
  private func names(_ addresses: [String]) -> Bool {
    addresses.contains { CalendarAddress($0) == CalendarAddress(handle.rawValue) }
  }

  /// The writable ones first, and the first of all as the one that is proposed: CalDAV names no other.
  private static func withPrimary(_ calendars: [DiscoveredCalendar]) -> [DiscoveredCalendar] {
    var sorted = calendars.sorted { left, right in
      left.isWritable == right.isWritable
        ? (left.displayName.lowercased(), left.externalID) < (
          right.displayName.lowercased(), right.externalID
        )
        : left.isWritable
    }
    sorted[0].isPrimary = true
    return sorted
  }

  private static func refusal(_ response: ProviderResponse) -> ProviderError {
    let schemes = response.headers[values: .wwwAuthenticate]
    let offersBasic = schemes.isEmpty || schemes.contains { $0.lowercased().contains("basic") }
    return offersBasic
      ? .authExpired(reason: Messages.signInRejected)
      : .rejected(reason: Messages.passwordsNotAllowed)
  }

  private static func address(_ typed: String) throws(ProviderError) -> WebAddress {
    let trimmed = typed.trimmingCharacters(in: .whitespacesAndNewlines)
    guard let address = WebAddress(trimmed.contains("://") ? trimmed : "https://\(trimmed)") else {
      throw .rejected(reason: Messages.addressExample)
    }
    return address
  }

  /// The address itself and the server's signpost; the signpost first if only a server was named.
  private static func entries(_ address: WebAddress) -> [WebAddress] {
    let signpost = address.resolving("/.well-known/caldav")
    let isRoot = ["", "/"].contains(address.url.path)
    return [isRoot ? signpost : address, isRoot ? address : signpost].compactMap(\.self)
  }
}

/// A multistatus and where it came from, which its hrefs are relative to.
private struct Page: Sendable {
  let address: WebAddress
  let resources: [Multistatus.Resource]

  /// Nil unless the answer is a multistatus: a sign-in page, say.
  init?(_ response: ProviderResponse) {
    guard response.status == 207, let address = WebAddress(response.url),
      let multistatus = Multistatus(response.body)
    else { return nil }
    self.address = address
    resources = Array(multistatus.resources.prefix(1000))
  }

  /// Where the hrefs lead.
  ///
  /// To another server only over https: the password goes along.
  func links(_ hrefs: [String]) -> [WebAddress] {
    hrefs.compactMap(address.resolving).filter { $0.isSecure || $0.hasSameOrigin(as: address) }
  }
}

extension DiscoveredCalendar {
  /// Nil for what is no calendar, or one that takes no events.
  fileprivate init?(_ resource: Multistatus.Resource, at address: WebAddress) {
    guard resource.property(.dav("resourcetype"))?.contains(.calDAV("calendar")) == true else { return nil }
    // Absent means that all components are taken (RFC 4791 §5.2.3).
    if let components = resource.property(.calDAV("supported-calendar-component-set")) {
      let names = components.all(.calDAV("comp")).compactMap { $0.attributes["name"]?.uppercased() }
      guard names.contains("VEVENT") else { return nil }
    }
    let name = resource.property(.dav("displayname"))?.trimmedText ?? ""
    let fallback = address.url.lastPathComponent
    self.init(
      externalID: address.text,
      displayName: String((name.isEmpty ? fallback : name).prefix(200)),
      isPrimary: false,
      isWritable: resource.property(.dav("current-user-privilege-set")).map(Self.mayWrite) ?? true
    )
  }

  /// RFC 3744 §5.4: privileges, each in an element of its own.
  private static func mayWrite(_ set: Markup) -> Bool {
    let granted = set.all(.dav("privilege")).flatMap(\.children).map(\.name)
    return !Set(granted).isDisjoint(with: [.dav("all"), .dav("write"), .dav("bind")])
  }
}
