import Foundation
import JSONModel
import Synchronization

extension MicrosoftEmulator: EmulatedVendor {
  func operation(of request: EmulatorRequest) -> String {
    MicrosoftOperation.route(request.method, request.path).operation.rawValue
  }

  func mayLog(_ operation: String) -> Bool {
    operation.hasPrefix("events.") || operation.hasPrefix("calendar") || operation.hasPrefix("me.")
      || operation.hasPrefix("mail.")
  }

  func answer(_ request: EmulatorRequest) -> EmulatorResponse {
    let target = MicrosoftOperation.route(request.method, request.path)
    switch target.operation {
    case .authorize: return authorize(request, tenant: target.tenant ?? "")
    case .token: return token(request, tenant: target.tenant ?? "")
    default:
      let clientRequestID = request.headers["client-request-id"]
      do throws(MicrosoftError) {
        var response = try api(target, request)
        response.headers["request-id"] = requestID()
        response.headers["client-request-id"] = clientRequestID
        return response
      } catch {
        return error.response(at: clock(), requestID: requestID(), clientRequestID: clientRequestID)
      }
    }
  }

  func failure(status: Int, reason: String?, operation: String) -> EmulatorResponse {
    if ["authorize", "token"].contains(operation) {
      return SignInError(reason ?? "temporarily_unavailable", "AADSTS90033: A transient error has occurred.")
        .response(status: status, at: clock(), traceID: requestID())
    }
    let codes = [
      409: "ErrorDuplicateTransactionId", 429: "ApplicationThrottled", 413: "RequestEntityTooLarge",
      503: "ErrorServerBusy",
    ]
    let code = reason ?? codes[status] ?? (status >= 500 ? "ErrorInternalServerError" : "ErrorInvalidRequest")
    return MicrosoftError(status: status, code: code, message: "Requested failure")
      .response(at: clock(), requestID: requestID(), clientRequestID: nil)
  }

  /// The lane of an application and mailbox, which serves four requests at a time and throttles the others.
  func lane(of request: EmulatorRequest) -> Lane? {
    guard let caller = state.withLock({ state in try? caller(of: request, in: state) }) else { return nil }
    var refusal = MicrosoftError.tooManyAtOnce
      .response(at: clock(), requestID: requestID(), clientRequestID: request.headers["client-request-id"])
    refusal.headers["Retry-After"] = "1"
    return Lane(name: caller.account.email, width: 4, refusal: refusal)
  }

  func control(_ request: EmulatorRequest) -> EmulatorResponse? {
    let body = (try? JSON.parse(request.body)) ?? .null
    switch (request.method, request.path.dropFirst().joined(separator: "/")) {
    case ("GET", "oauth-client"):
      // It is no secret here: it gives access to this emulator only, and a script cannot sign in without it.
      return .json([
        "clientID": .string(clientID), "clientSecret": .string(clientSecret), "tenant": .string(Self.tenant),
      ])
    case ("POST", "conference"):
      guard let delay = EmulatorEndpoint.milliseconds(request.body, "delayMilliseconds"),
        let outcome = body["outcome"]?.string, ["success", "failure"].contains(outcome),
        let block = TeamsBlockForm(rawValue: body["block"]?.string ?? "usual")
      else {
        let forms = TeamsBlockForm.allCases.map(\.rawValue).joined(separator: ", ")
        return EmulatorEndpoint.refusal(
          400,
          "give delayMilliseconds, and outcome: success or failure; block may be \(forms)"
        )
      }
      setConference(delay: .milliseconds(delay), succeeds: outcome == "success", block: block)
    case ("POST", "access-tokens/expire"): expireAccessTokens()
    case ("POST", "refresh-tokens/expire-superseded"): expireSupersededTokens()
    case ("POST", "sync-states/expire"): for account in accounts { expireSyncStates(of: account.email) }
    case ("POST", "consents/revoke"):
      guard let email = body["email"]?.string else { return EmulatorEndpoint.refusal(400, "give email") }
      revokeConsents(of: email)
    case ("POST", "subscriptions/lifecycle"):
      guard let event = body["event"]?.string,
        ["missed", "reauthorizationRequired", "subscriptionRemoved"].contains(event)
      else {
        return EmulatorEndpoint.refusal(400, "event: missed, reauthorizationRequired or subscriptionRemoved")
      }
      sendLifecycle(event)
    case ("POST", "events/move"):
      guard let id = move(body["id"]?.string ?? "", of: body["email"]?.string ?? "") else {
        return EmulatorEndpoint.refusal(404, "give email and the id of an event")
      }
      return .json(["id": .string(id)])
    case ("POST", "events/zone"):
      guard let name = body["name"]?.string,
        setZoneName(
          name,
          ofEvent: body["id"]?.string ?? "",
          of: body["email"]?.string ?? "",
          hasDefinition: body["hasDefinition"]?.bool ?? true
        )
      else { return EmulatorEndpoint.refusal(404, "give email, the id of an event, and the name of a zone") }
    case ("POST", "invitations"):
      do throws(MicrosoftError) {
        return .json(["id": .string(try invite(body))], status: 201)
      } catch {
        return error.response(at: clock(), requestID: requestID(), clientRequestID: nil)
      }
    default: return nil
    }
    return EmulatorResponse(status: 204)
  }

  /// Delivers an invitation by an organizer elsewhere, or a change or cancellation with the same `iCalUId`.
  ///
  /// `{"email", "organizer": {"name", "address"}, "event", "iCalUId", "isCancelled"}`.
  ///
  /// - Returns: The id of the event in the invited person's calendar.
  func invite(_ invitation: JSON) throws(MicrosoftError) -> String {
    let result: Result<String, MicrosoftError> = state.withLock { state in
      do throws(MicrosoftError) {
        let email = invitation["email"]?.string?.lowercased() ?? ""
        guard let mailbox = state.mailboxes[email] else { throw .notFound }
        let request = EmulatorRequest(method: "POST", path: [], query: [], headers: [:], body: Data())
        let call = MailboxCall(
          emulator: self,
          request: request,
          body: invitation["event"] ?? [:],
          mailbox: mailbox,
          behaviour: state.onlineMeetings,
          preferences: try Preferences(request)
        )
        let (meeting, changed) = try call.receive(IncomingInvitation(invitation))
        state.mailboxes[email] = changed
        return .success(meeting.id(immutable: false))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  func requestID() -> String {
    let text = identifiers()
    return [
      text.prefix(8), text.dropFirst(8).prefix(4), text.dropFirst(12).prefix(4), text.dropFirst(16).prefix(4),
    ]
    .joined(separator: "-") + "-" + text.suffix(12)
  }

  /// A call that needs a token: authenticates the caller, checks the permissions, then does the work.
  private func api(_ target: MicrosoftOperation.Target, _ request: EmulatorRequest) throws(MicrosoftError)
    -> EmulatorResponse
  {
    if target.operation == .unknown {
      throw .badRequest("Resource not found for the segment '\(request.path.dropFirst().first ?? "")'.")
    }
    let body = target.operation == .sendMail ? [:] : try Self.body(of: request)
    let preferences = try Preferences(request)
    // Typed throws do not pass through withLock's closure, hence the Result.
    let result: Result<EmulatorResponse, MicrosoftError> = state.withLock { state in
      do throws(MicrosoftError) {
        finishOnlineMeetings(&state)
        let caller = try caller(of: request, in: state)
        if target.operation == .notEmulated { throw .notEmulated("\(request.method) on this path") }
        guard MicrosoftScope.permits(target.operation, caller.scopes) else { throw .accessDenied }
        if target.operation == .sendMail { return .success(try sendMail(request, caller.account)) }
        if target.operation == .getMe { return .success(.json(MailboxResource.me(caller.account))) }
        if target.operation == .getMailboxSettings {
          return .success(.json(MailboxResource.mailboxSettings(caller.account)))
        }
        if target.operation.rawValue.hasPrefix("subscriptions.") {
          return .success(try subscriptions(target, body, caller.account))
        }
        guard let mailbox = state.mailboxes[caller.account.email] else { throw .notFound }
        let call = MailboxCall(
          emulator: self,
          request: request,
          body: body,
          mailbox: mailbox,
          behaviour: state.onlineMeetings,
          preferences: preferences
        )
        let (response, changed) = try call.perform(target)
        if let changed { state.mailboxes[caller.account.email] = changed }
        return .success(response)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private static func body(of request: EmulatorRequest) throws(MicrosoftError) -> JSON {
    guard ["POST", "PATCH"].contains(request.method), !request.body.isEmpty else { return [:] }
    let type = (request.headers["content-type"] ?? "").prefix { $0 != ";" }.lowercased()
    guard type == "application/json" else {
      throw .badRequest("Entity only allows writes with a JSON Content-Type header.")
    }
    guard let body = try? JSON.parse(request.body), body.object != nil else {
      throw .badRequest(
        """
        Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid \
        JSON format.
        """
      )
    }
    return body
  }

  private func caller(
    of request: EmulatorRequest,
    in state: MicrosoftState
  ) throws(MicrosoftError) -> (account: EmulatorAccount, scopes: [String]) {
    guard let token = request.bearerToken, !token.isEmpty else { throw .badToken("Access token is empty.") }
    if let account = accounts.first(where: { $0.bearerToken == token }) {
      return (account, account.grantedScopes.map(MicrosoftScope.short))
    }
    guard let grant = state.grants.grant(ofAccess: token, at: clock()),
      let account = accounts.first(where: { $0.email == grant.account })
    else { throw .badToken("Access token has expired or is not yet valid.") }
    return (account, grant.scopes)
  }
}
