import Foundation
import JSONModel
import Synchronization

extension GoogleEmulator: EmulatedVendor {
  func operation(of request: EmulatorRequest) -> String {
    GoogleOperation.route(request.method, request.path).operation.rawValue
  }

  func mayLog(_ operation: String) -> Bool {
    // The body that opens a channel has its token.
    if operation == GoogleOperation.watchEvents.rawValue { return false }
    return operation.hasPrefix("events.") || operation.hasPrefix("calendar")
      || operation.hasPrefix("messages.")
  }

  func answer(_ request: EmulatorRequest) -> EmulatorResponse {
    let (operation, ids) = GoogleOperation.route(request.method, request.path)
    switch operation {
    case .authorize: return authorize(request)
    case .token: return token(request)
    case .revoke: return revoke(request)
    case .showEvent: return eventPage(request)
    case .userInfo, .unknown, .notEmulated, .insertEvent, .importEvent, .getEvent, .listEvents,
      .listInstances, .patchEvent,
      .updateEvent,
      .deleteEvent, .watchEvents, .stopChannel, .getCalendar, .listCalendars, .getCalendarListEntry,
      .sendMessage:
      do throws(GoogleError) {
        return try api(operation, ids, request)
      } catch {
        return error.response
      }
    }
  }

  func failure(status: Int, reason: String?, operation: String) -> EmulatorResponse {
    if ["auth", "token", "revoke"].contains(operation) {
      return .json(["error": .string(reason ?? "internal_failure")], status: status)
    }
    let usage: Set = ["rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded"]
    let reason =
      reason ?? (status == 429 ? "rateLimitExceeded" : status >= 500 ? "backendError" : "badRequest")
    let domain = usage.contains(reason) ? "usageLimits" : "global"
    return GoogleError(status: status, reason: reason, message: "Requested failure", domain: domain).response
  }

  func control(_ request: EmulatorRequest) -> EmulatorResponse? {
    switch (request.method, request.path.dropFirst().joined(separator: "/")) {
    case ("GET", "oauth-client"):
      // It is no secret here: it gives access to this emulator only, and a script cannot sign in without it.
      return .json(["clientID": .string(clientID), "clientSecret": .string(clientSecret)])
    case ("POST", "conference"):
      guard let delay = EmulatorEndpoint.milliseconds(request.body, "delayMilliseconds"),
        let outcome = (try? JSON.parse(request.body))?["outcome"]?.string,
        ["success", "failure"].contains(outcome)
      else { return EmulatorEndpoint.refusal(400, "give delayMilliseconds, and outcome: success or failure") }
      setConference(delay: .milliseconds(delay), succeeds: outcome == "success")
    case ("POST", "access-tokens/expire"):
      expireAccessTokens()
    case ("POST", "sync-tokens/expire"):
      for account in accounts { expireSyncTokens(of: account.email) }
    case ("POST", "consents/revoke"):
      guard let email = (try? JSON.parse(request.body))?["email"]?.string else {
        return EmulatorEndpoint.refusal(400, "give email")
      }
      revokeConsents(of: email)
    case ("POST", "notifications/faults"):
      guard let fault = try? JSONDecoder().decode(NotificationFault.self, from: request.body) else {
        return EmulatorEndpoint.refusal(400, "a fault needs mode: drop, delay, repeat or reorder")
      }
      if let defect = fault.defect { return EmulatorEndpoint.refusal(400, defect) }
      guard notifications.add(fault) else { return EmulatorEndpoint.refusal(400, "too many faults") }
    case ("DELETE", "notifications/faults"):
      notifications.clearFaults()
    default: return nil
    }
    return EmulatorResponse(status: 204)
  }

  private func eventPage(_ request: EmulatorRequest) -> EmulatorResponse {
    let page = state.withLock { state -> String? in
      finishConferences(&state)
      guard let names = request.parameter("eid").flatMap(EventPage.parse),
        let calendar = state.calendars[names.calendar], let event = calendar.event(names.event)
      else { return nil }
      return EventPage.page(event, of: calendar)
    }
    return page.map { .html($0) } ?? .html(EventPage.missing, status: 404)
  }

  /// A call that needs a token: authenticates the caller, checks scopes and parameters, then does the work.
  private func api(
    _ operation: GoogleOperation,
    _ ids: [String],
    _ request: EmulatorRequest
  ) throws(GoogleError) -> EmulatorResponse {
    if operation == .unknown { throw .notFound }
    let body = operation == .sendMessage ? [:] : try Self.body(of: request)
    // Typed throws do not pass through withLock's closure, hence the Result.
    let result: Result<EmulatorResponse, GoogleError> = state.withLock { state in
      do throws(GoogleError) {
        finishConferences(&state)
        let caller = try caller(of: request, in: state)
        if operation == .userInfo { return .success(try userInfo(request, caller)) }
        if operation == .notEmulated { throw .notEmulated("\(request.method) on this path") }
        guard GoogleScope.permits(operation, caller.scopes) else { throw .insufficientPermissions }
        try Self.checkParameters(of: request, for: operation)
        if operation == .sendMessage { return .success(try sendMessage(request, caller.account)) }
        if operation == .listCalendars { return .success(calendarList(request, caller.account)) }
        if operation == .stopChannel { return .success(try stop(body, caller: caller, &state)) }
        let address = try ids.first.map { id throws(GoogleError) in try Self.calendarID(id, caller.account) }
        guard let address, let calendar = state.calendars[address] else { throw .notFound }
        if operation == .watchEvents {
          return .success(try watch(request, body, calendar: address, caller: caller, &state))
        }
        let call = EventCall(
          emulator: self,
          request: request,
          body: body,
          calendar: calendar,
          behaviour: state.conference
        )
        let (response, changed) = try call.perform(operation, eventID: ids.dropFirst().first ?? "")
        if let changed { commit(changed, &state) }
        return .success(response)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private static func calendarID(_ id: String, _ account: EmulatorAccount) throws(GoogleError) -> String {
    guard id == "primary" || id.lowercased() == account.email else { throw .notFound }
    return account.email
  }

  private static func body(of request: EmulatorRequest) throws(GoogleError) -> JSON {
    guard ["POST", "PATCH", "PUT"].contains(request.method) else { return [:] }
    let type = (request.headers["content-type"] ?? "").prefix { $0 != ";" }.lowercased()
    guard type == "application/json" || request.body.isEmpty else {
      throw GoogleError(
        status: 400,
        reason: "badContent",
        message: "Media type is not supported. Valid media types: [application/json]"
      )
    }
    if request.body.isEmpty { return [:] }
    guard let body = try? JSON.parse(request.body), body.object != nil else { throw .parseError }
    return body
  }

  private static func checkParameters(
    of request: EmulatorRequest,
    for operation: GoogleOperation
  ) throws(GoogleError) {
    for item in request.query {
      guard operation.parameters.contains(item.name) || GoogleOperation.commonParameters.contains(item.name)
      else {
        throw GoogleError(status: 400, reason: "invalidParameter", message: "Unknown query parameter.")
      }
      if item.name == "fields" { throw .notEmulated("partial answers (fields)") }
      if item.name == "alt", item.value != "json" { throw .notEmulated("answers other than JSON") }
    }
  }

  private func caller(
    of request: EmulatorRequest,
    in state: GoogleState
  ) throws(GoogleError) -> GoogleCaller {
    guard request.headers["authorization"] != nil else { throw .missingCredentials }
    guard let token = request.bearerToken, !token.isEmpty else { throw .badCredentials }
    if let account = accounts.first(where: { $0.bearerToken == token }) {
      return GoogleCaller(account: account, scopes: account.grantedScopes, grant: nil, client: "script")
    }
    guard let grant = state.grants.grant(ofAccess: token, at: clock()),
      let account = accounts.first(where: { $0.email == grant.account })
    else { throw .badCredentials }
    return GoogleCaller(account: account, scopes: grant.scopes, grant: grant.id, client: clientID)
  }

  private func userInfo(
    _ request: EmulatorRequest,
    _ caller: GoogleCaller
  ) throws(GoogleError) -> EmulatorResponse {
    guard GoogleScope.showsAddress(caller.scopes) else { throw .insufficientPermissions }
    let id = JSON.string(String(Data(caller.account.email.utf8).base64URL.prefix(21)))
    // The OpenID path and Google's older one differ in two names.
    let isOpenID = request.path.contains("v1") || request.path.contains("v3")
    return .json([
      isOpenID ? "sub" : "id": id, "email": .string(caller.account.email),
      isOpenID ? "email_verified" : "verified_email": true, "name": .string(caller.account.displayName),
    ])
  }
}
