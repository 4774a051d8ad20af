import CalendarCore
import CalendarService
import Foundation
import GraphQLEngine

// What resolvers hand out for the schema's object types.

struct MemberView: GraphQLObject {
  let member: WorkspaceMember
  /// Where it was read along with the member.
  var workspace: Workspace?

  init(member: WorkspaceMember) { self.member = member }

  init(_ membership: Membership) {
    member = membership.member
    workspace = membership.workspace
  }
}

struct EventView: GraphQLObject {
  let visible: VisibleEvent
  /// Everything that was read along with the event.
  let page: EventPage

  init(_ shown: ShownEvent) {
    visible = shown.visible
    page = shown.page
  }

  var event: CalendarEvent { visible.event }
  /// The event whose delivery is shown: the series instead of its exception while a person has to choose about it.
  var undecided: CalendarEvent { visible.undecidedSeries ?? event }
  /// Nil until the conference is there.
  var conferenceLink: String? { event.conference.status == .success ? event.conference.link : nil }

  static func all(_ page: EventPage) -> [Self] { page.shown.map { Self($0) } }
}

/// Both versions of an event of which a person must choose one.
struct ConflictView: GraphQLObject {
  let conflict: EventConflict
  let mine: EventVersionView
  let theirs: EventVersionView

  /// Nil for whom there is nothing to choose.
  init?(_ view: EventView) {
    guard view.visible.isOwn, let conflict = view.undecided.conflict else { return nil }
    self.conflict = conflict
    mine = EventVersionView(version: view.undecided.editable, page: view.page)
    theirs = EventVersionView(version: conflict.theirs, page: view.page)
  }
}

struct EventVersionView: GraphQLObject {
  let version: EventVersion
  let page: EventPage
}

struct ParticipantView: GraphQLObject {
  let participant: CalendarEventParticipant
  let page: EventPage
}

struct PersonView: GraphQLObject {
  let person: Person
}

struct CompanyView: GraphQLObject {
  let company: Company
}

struct OpportunityView: GraphQLObject {
  let opportunity: Opportunity
}

struct ChannelView: GraphQLObject {
  let channel: CalendarChannel
}

struct FlagView: GraphQLObject {
  let key: FeatureFlagKey
  let isEnabled: Bool
}

struct ProviderView: GraphQLObject {
  let provider: any AccountProvider
}

struct ConnectionFieldView: GraphQLObject {
  let field: ConnectionField
}

struct ConferenceProviderView: GraphQLObject {
  let info: ConferenceProviderInfo
}

struct AccountObject: GraphQLObject {
  let view: AccountView
}

/// A list with cursors.
struct Connection<Node: GraphQLObject>: GraphQLObject {
  struct Edge: GraphQLObject {
    let node: Node
    let cursor: String
  }

  let edges: [Edge]
  let hasNextPage: Bool

  var pageInfo: PageInfo { PageInfo(hasNextPage: hasNextPage, endCursor: edges.last?.cursor) }
}

struct PageInfo: GraphQLObject {
  let hasNextPage: Bool
  let endCursor: String?
}

struct TimelineView: GraphQLObject {
  let total: Int
  let events: [EventView]
}

/// The result of a deletion.
struct EventDeletion: Sendable {
  /// Until when it can be taken back; nil when it was carried out.
  let undoUntil: Date?
}

/// A guest's response, with the meeting as it is now.
struct ReceivedReply: Sendable {
  let received: ReceiveReply.Received
  let event: EventView?
}
