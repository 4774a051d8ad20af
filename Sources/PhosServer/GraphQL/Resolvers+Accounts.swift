import CalendarCore
import CalendarService
import Foundation
import GraphQLEngine
import ICalendar

extension Resolvers {
  static func addAccounts(to table: inout ResolverTable<CallerContext>) {
    addAccountQueries(to: &table)
    addAccountMutations(to: &table)
    table.type("WorkspaceMember", of: MemberView.self) { type in
      type.field("id") { $0.member.id.description }
      type.field("email") { $0.member.email.rawValue }
      type.field("displayName") { $0.member.displayName }
      type.field("timeZone") { $0.member.timeZone?.identifier }
      type.field("defaultConferenceProviderId") { $0.member.defaultConferenceProviderID?.rawValue }
      type.batch("workspaceDefaultConferenceProviderId") { views, request in
        try await workspaces(of: views, request.context).map { $0?.defaultConferenceProviderID?.rawValue }
      }
      type.batch("workspaceName") { views, request in
        try await workspaces(of: views, request.context).map { $0?.displayName ?? "" }
      }
    }
    table.type("ConnectedAccount", of: AccountObject.self) { type in
      type.field("id") { $0.view.account.id.description }
      type.field("provider") { $0.view.account.provider.rawValue }
      type.field("handle") { $0.view.account.handle.rawValue }
      type.field("displayName") { $0.view.account.displayName }
      type.field("ownerId") { $0.view.account.ownerID.description }
      type.field("canWrite") { $0.view.canWrite }
      type.field("authFailedAt") { $0.view.account.authFailedAt?.rfc3339 }
      type.field("needsReconnect") { $0.view.reconnectReason != nil }
      type.field("reconnectReason") { $0.view.reconnectReason }
      type.field("sendsInvitations") { $0.view.account.sendsInvitations }
      type.field("canSendEmail") { $0.view.noMailReason == nil }
      type.field("cannotSendEmailReason") { $0.view.noMailReason }
      type.field("largestEmail") { $0.view.largestMail }
      type.field("readsReplies") { $0.view.inbox != nil }
      type.field("repliesReadAt") { $0.view.inbox?.readAt?.rfc3339 }
      type.field("repliesProblem") { $0.view.inbox?.problem }
      type.field("calendarChannels") { $0.view.channels.map { ChannelView(channel: $0) } }
    }
    table.type("CalendarChannel", of: ChannelView.self) { type in
      type.field("id") { $0.channel.id.description }
      type.field("handle") { $0.channel.handle }
      type.field("isSyncEnabled") { $0.channel.isSyncEnabled }
      type.field("visibility") { $0.channel.visibility.rawValue }
      type.field("contactAutoCreationPolicy") { $0.channel.contactAutoCreationPolicy.rawValue }
      type.field("conflictResolution") { $0.channel.conflictResolution.rawValue }
      type.field("syncStatus") { $0.channel.syncStatus.rawValue }
      type.field("syncStage") { $0.channel.syncStage.rawValue }
      type.field("syncedAt") { $0.channel.syncedAt?.rfc3339 }
      type.field("lastError") { $0.channel.lastError }
    }
    table.type("CalendarProviderInfo", of: ProviderView.self) { type in
      type.field("providerId") { $0.provider.accountProviderID.rawValue }
      type.field("displayName") { $0.provider.displayName }
      type.field("iconKey") { $0.provider.icon.key }
      type.field("connection") { $0.provider.connection.rawValue }
      type.field("form") { provider in
        (provider.provider as? any ConnectsWithForm)?.form.map { ConnectionFieldView(field: $0) }
      }
    }
    table.type("ConnectionField", of: ConnectionFieldView.self) { type in
      type.field("id") { $0.field.id }
      type.field("label") { $0.field.label }
      type.field("help") { $0.field.help }
      type.field("kind") { $0.field.kind.rawValue }
      type.field("isSecret") { $0.field.isSecret }
      type.field("isOptional") { $0.field.isOptional }
      type.field("placeholder") { $0.field.placeholder }
      type.field("maximumLength") { $0.field.maximumLength }
    }
    table.type("ConferenceProviderInfo", of: ConferenceProviderView.self) { type in
      type.field("providerId") { $0.info.providerID.rawValue }
      type.field("displayName") { $0.info.displayName }
      type.field("iconKey") { $0.info.iconKey }
      type.field("requiresLink") { $0.info.requiresLink }
      type.field("isAvailable") { $0.info.unavailableReason == nil }
      type.field("unavailableReason") { $0.info.unavailableReason }
    }
    table.type("FeatureFlag", of: FlagView.self) { type in
      type.field("key") { $0.key.rawValue }
      type.field("enabled") { $0.isEnabled }
    }
  }

  private static func workspaces(
    of views: [MemberView],
    _ context: CallerContext
  ) async throws -> [Workspace?] {
    let id = context.caller.workspaceID
    let isKnown = views.allSatisfy { $0.workspace != nil }
    let shared = isKnown ? nil : try await context.records.workspaces.load([id])[id]
    return views.map { $0.workspace ?? shared }
  }

  private static func addAccountQueries(to table: inout ResolverTable<CallerContext>) {
    table.query { query in
      query.field("me") { _, request in
        let context = request.context
        return MemberView(try await context.useCases.access.workspaces.membership(of: context.caller))
      }
      query.field("featureFlags") { _, request in
        let context = request.context
        let flags = try await context.useCases.access.workspaces.flags(of: context.caller)
        return FeatureFlagKey.allCases.map { FlagView(key: $0, isEnabled: flags.isSwitchedOn($0)) }
      }
      query.field("calendarProviders") { _, request in
        request.context.useCases.accounts.providers.providers.map { ProviderView(provider: $0) }
      }
      query.field("connectedAccounts") { _, request in
        let context = request.context
        return try await context.useCases.accounts.queries.accounts(caller: context.caller)
          .map { AccountObject(view: $0) }
      }
      query.field("calendarChannels") { _, request in
        let context = request.context
        return try await context.useCases.accounts.queries.accounts(caller: context.caller)
          .flatMap { $0.channels.map { ChannelView(channel: $0) } }
      }
      query.field("getAvailableConferenceProviders") { _, request in
        let (arguments, context) = (request.arguments, request.context)
        return try await exposingRefusals {
          let id: ConnectedAccount.ID? = try arguments.optionalID(
            "connectedAccountId",
            orThrow: AccessError.missingCalendarAccount
          )
          return try await context.useCases.conferences.available(accountID: id, caller: context.caller)
            .map { ConferenceProviderView(info: $0) }
        }
      }
    }
  }

  private static func addAccountMutations(to table: inout ResolverTable<CallerContext>) {
    table.mutation { mutation in
      mutation.field("connectAccount") { _, request in
        let (arguments, context) = (request.arguments, request.context)
        let provider = AccountProviderID(rawValue: try arguments.string("provider"))
        let fields = try (arguments.optionalObjects("fields") ?? []).map { field in
          (id: try field.string("id"), value: try field.string("value"))
        }
        return try await exposingRefusals {
          AccountObject(
            view: try await context.useCases.accounts.connect(
              provider,
              fields: fields,
              caller: context.caller
            )
          )
        }
      }
      mutation.field("startOAuthConnection") { _, request in
        let (provider, context) = (try request.arguments.string("provider"), request.context)
        return try await exposingRefusals {
          try await context.useCases.accounts.connectWithOAuth.start(
            AccountProviderID(rawValue: provider),
            redirectURL: "\(context.publicURL)/oauth/\(provider.lowercased())/callback",
            caller: context.caller
          )
        }
      }
      mutation.field("disconnectAccount") { _, request in
        let (arguments, context) = (request.arguments, request.context)
        return try await exposingRefusals {
          let id: ConnectedAccount.ID =
            try arguments.id("connectedAccountId", orThrow: AccessError.missingAccount)
          try await context.useCases.accounts.disconnect(id, caller: context.caller)
          return true
        }
      }
      mutation.field("updateWorkspaceMember") { _, request in
        let (input, context) = (try request.arguments.object("input"), request.context)
        let id = input.optionalString("defaultConferenceProviderId").map(ConferenceProviderID.init(rawValue:))
        return try await exposingRefusals {
          MemberView(try await context.useCases.conferences.propose.forMember(id, caller: context.caller))
        }
      }
      mutation.field("updateWorkspace") { _, request in
        let (input, context) = (try request.arguments.object("input"), request.context)
        let id = input.optionalString("defaultConferenceProviderId").map(ConferenceProviderID.init(rawValue:))
        return try await exposingRefusals {
          MemberView(try await context.useCases.conferences.propose.forWorkspace(id, caller: context.caller))
        }
      }
      mutation.field("updateCalendarChannel") { _, request in
        let (input, context) = (try request.arguments.object("input"), request.context)
        var changes = UpdateChannel.Changes()
        changes.isSyncEnabled = input.optionalBool("isSyncEnabled")
        changes.visibility = input.optionalString("visibility").flatMap { .init(rawValue: $0) }
        changes.contactAutoCreationPolicy = input.optionalString("contactAutoCreationPolicy")
          .flatMap { .init(rawValue: $0) }
        changes.conflictResolution = input.optionalString("conflictResolution").flatMap {
          .init(rawValue: $0)
        }
        let (arguments, final) = (request.arguments, changes)
        return try await exposingRefusals {
          let id: CalendarChannel.ID = try arguments.id("id", orThrow: AccessError.missingCalendar)
          return ChannelView(
            channel: try await context.useCases.accounts.updateChannel(id, final, caller: context.caller)
          )
        }
      }
    }
  }
}
