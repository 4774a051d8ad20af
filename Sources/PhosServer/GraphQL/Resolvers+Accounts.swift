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
        let workspace = try await request.context.useCases.database.read(request.context.caller.workspaceID) {
          try $0.members.workspace()
        }
        return views.map { _ in workspace?.defaultConferenceProviderID?.rawValue }
      }
      type.batch("workspaceName") { views, request in
        let workspace = try await request.context.useCases.database.read(request.context.caller.workspaceID) {
          try $0.members.workspace()
        }
        return views.map { _ in workspace?.displayName ?? "" }
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

  private static func addAccountQueries(to table: inout ResolverTable<CallerContext>) {
    table.query { query in
      query.field("me") { _, request in
        let caller = request.context.caller
        let member = try await request.context.useCases.database.read(caller.workspaceID) {
          try $0.members.find(caller.memberID)
        }
        guard let member else { throw StoreError.notFound }
        return MemberView(member: member)
      }
      query.field("featureFlags") { _, request in
        let flags = try await request.context.useCases.database.read(request.context.caller.workspaceID) {
          try $0.members.flags()
        }
        return FeatureFlagKey.allCases.map { FlagView(key: $0, isEnabled: flags.isSwitchedOn($0)) }
      }
      query.field("calendarProviders") { _, request in
        request.context.useCases.accountProviders.providers.map { ProviderView(provider: $0) }
      }
      query.field("connectedAccounts") { _, request in
        let context = request.context
        return try await context.useCases.accounts.accounts(caller: context.caller)
          .map { AccountObject(view: $0) }
      }
      query.field("calendarChannels") { _, request in
        let context = request.context
        return try await context.useCases.accounts.accounts(caller: context.caller)
          .flatMap { $0.channels.map { ChannelView(channel: $0) } }
      }
      query.field("getAvailableConferenceProviders") { _, request in
        let (id, context) = (request.arguments.optionalString("connectedAccountId"), request.context)
        return try await exposingRefusals {
          try await context.useCases.conferenceProviders(accountID: id, caller: context.caller)
            .map { ConferenceProviderView(info: $0) }
        }
      }
    }
  }

  private static func addAccountMutations(to table: inout ResolverTable<CallerContext>) {
    table.mutation { mutation in
      mutation.field("connectAccount") { _, request in
        let (arguments, context) = (request.arguments, request.context)
        let provider = CalendarProviderID(rawValue: try arguments.string("provider"))
        let fields = try (arguments.optionalObjects("fields") ?? []).map { field in
          (id: try field.string("id"), value: try field.string("value"))
        }
        return try await exposingRefusals {
          let account = try await context.useCases.connectAccount(
            provider,
            fields: fields,
            caller: context.caller
          )
          let all = try await context.useCases.accounts.accounts(caller: context.caller)
          return all.first { $0.account.id == account.id }.map { AccountObject(view: $0) }
        }
      }
      mutation.field("startOAuthConnection") { _, request in
        let (provider, context) = (try request.arguments.string("provider"), request.context)
        return try await exposingRefusals {
          try await context.useCases.connectWithOAuth.start(
            CalendarProviderID(rawValue: provider),
            redirectURL: "\(context.publicURL)/oauth/\(provider.lowercased())/callback",
            caller: context.caller
          )
        }
      }
      mutation.field("disconnectAccount") { _, request in
        let (id, context) = (try request.arguments.string("connectedAccountId"), request.context)
        return try await exposingRefusals {
          try await context.useCases.disconnectAccount(id, caller: context.caller)
          return true
        }
      }
      mutation.field("updateWorkspaceMember") { _, request in
        let (input, context) = (try request.arguments.object("input"), request.context)
        let id = input.optionalString("defaultConferenceProviderId").map(ConferenceProviderID.init(rawValue:))
        return try await exposingRefusals {
          MemberView(
            member: try await context.useCases.proposeConference.forMember(id, caller: context.caller)
          )
        }
      }
      mutation.field("updateWorkspace") { _, request in
        let (input, context) = (try request.arguments.object("input"), request.context)
        let id = input.optionalString("defaultConferenceProviderId").map(ConferenceProviderID.init(rawValue:))
        return try await exposingRefusals {
          _ = try await context.useCases.proposeConference.forWorkspace(id, caller: context.caller)
          let member = try await context.useCases.database.read(context.caller.workspaceID) {
            try $0.members.find(context.caller.memberID)
          }
          guard let member else { throw StoreError.notFound }
          return MemberView(member: member)
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
        let (id, final) = (try request.arguments.string("id"), changes)
        return try await exposingRefusals {
          ChannelView(
            channel: try await context.useCases.updateChannel(id, final, caller: context.caller)
          )
        }
      }
    }
  }
}
