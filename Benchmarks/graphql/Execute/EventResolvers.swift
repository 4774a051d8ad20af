import GraphQLEngine

// The benchmark's data as a server would have it: structs of the domain.

struct Company: Decodable, GraphQLObject {
  let id: String
  let name: String
}

struct Person: Decodable, GraphQLObject {
  let id: String
  let firstName: String?
  let lastName: String?
  let emails: [String]
  let company: Company?
}

enum PushStatus: String, Decodable, ResolvedConvertible { case PENDING, SYNCED, FAILED, CONFLICT }
enum ConferenceStatus: String, Decodable, ResolvedConvertible { case NONE, PENDING, SUCCESS, FAILURE }
enum ResponseStatus: String, Decodable, ResolvedConvertible {
  case NEEDS_ACTION, ACCEPTED, DECLINED, TENTATIVE
}

struct Participant: Decodable, GraphQLObject {
  let handle: String
  let displayName: String?
  let isOrganizer: Bool
  let responseStatus: ResponseStatus
  let person: Person?
}

struct Event: Decodable, GraphQLObject {
  let id: String
  let title: String?
  let description: String?
  let location: String?
  let startsAt: String
  let endsAt: String
  let isFullDay: Bool
  let timeZone: String?
  let isCanceled: Bool
  let version: Int
  let recurrence: [String]
  let conferenceStatus: ConferenceStatus
  let conferenceLink: String?
  let pushStatus: PushStatus
  let participants: [Participant]
  let linkedPeople: [Person]
  let linkedCompany: Company?
}

struct Edge: GraphQLObject {
  let node: Event
  var cursor: String { node.id }
}

struct Connection: GraphQLObject {
  let edges: [Edge]
  let pageInfo: PageInfo
}

struct PageInfo: GraphQLObject {
  let hasNextPage: Bool
  let endCursor: String?
}

enum EventResolvers {
  static var table: ResolverTable<[Event]> {
    var table = ResolverTable<[Event]>()
    table.query { type in
      type.field("events") { _, request in
        let events = request.context
        let shown = events.prefix(request.arguments.optionalInt("first") ?? events.count)
        return Connection(
          edges: shown.map(Edge.init),
          pageInfo: PageInfo(hasNextPage: shown.count < events.count, endCursor: shown.last?.id)
        )
      }
    }
    table.type("Connection", of: Connection.self) { type in
      type.field("edges", \.edges)
      type.field("pageInfo", \.pageInfo)
    }
    table.type("Edge", of: Edge.self) { type in
      type.field("node", \.node)
      type.field("cursor", \.cursor)
    }
    table.type("PageInfo", of: PageInfo.self) { type in
      type.field("hasNextPage", \.hasNextPage)
      type.field("endCursor", \.endCursor)
    }
    addEvents(to: &table)
    addPeople(to: &table)
    return table
  }

  private static func addEvents(to table: inout ResolverTable<[Event]>) {
    table.type("Event", of: Event.self) { type in
      type.field("id", \.id)
      type.field("title", \.title)
      type.field("description", \.description)
      type.field("location", \.location)
      type.field("startsAt", \.startsAt)
      type.field("endsAt", \.endsAt)
      type.field("isFullDay", \.isFullDay)
      type.field("timeZone", \.timeZone)
      type.field("isCanceled", \.isCanceled)
      type.field("version", \.version)
      type.field("recurrence", \.recurrence)
      type.field("conferenceStatus", \.conferenceStatus)
      type.field("conferenceLink", \.conferenceLink)
      type.field("pushStatus", \.pushStatus)
      type.field("participants", \.participants)
      type.field("linkedPeople", \.linkedPeople)
      type.field("linkedCompany", \.linkedCompany)
    }
  }

  private static func addPeople(to table: inout ResolverTable<[Event]>) {
    table.type("Participant", of: Participant.self) { type in
      type.field("handle", \.handle)
      type.field("displayName", \.displayName)
      type.field("isOrganizer", \.isOrganizer)
      type.field("responseStatus", \.responseStatus)
      type.field("person", \.person)
    }
    table.type("Person", of: Person.self) { type in
      type.field("id", \.id)
      type.field("firstName", \.firstName)
      type.field("lastName", \.lastName)
      type.field("emails", \.emails)
      type.field("company", \.company)
    }
    table.type("Company", of: Company.self) { type in
      type.field("id", \.id)
      type.field("name", \.name)
    }
  }
}
