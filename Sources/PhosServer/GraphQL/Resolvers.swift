import CalendarCore
import CalendarService
import GraphQLEngine
import Logging

/// The schema joined with what answers it.
///
/// SDL is the source; the enums of providers get their values from the registries, so that a new driver
/// changes no line here. Stored accounts of a provider that is not configured must be answered, too.
enum Resolvers {
  static func schema(
    calendars: CalendarProviderRegistry,
    conferences: ConferenceProviderRegistry,
    unconfigured: [AccountProviderID] = []
  ) throws -> Schema {
    let accountProviders = AccountProviderRegistry(calendars, conferences).providers
    return try Schema(
      sdl: String(decoding: PackageResources.schema_graphql, as: UTF8.self),
      enumValues: [
        "CalendarProviderId": (accountProviders.map(\.accountProviderID) + unconfigured).map {
          .init($0.rawValue)
        },
        "ConferenceProviderId": [.init(ConferenceProviderID.none.rawValue)]
          + conferences.providers.map { .init($0.providerID.rawValue) },
      ]
    )
  }

  static func executor(
    calendars: CalendarProviderRegistry,
    conferences: ConferenceProviderRegistry,
    unconfigured: [AccountProviderID],
    allowsIntrospection: Bool = true,
    logger: Logger
  ) throws -> GraphQLExecutor<CallerContext> {
    let schema = try schema(calendars: calendars, conferences: conferences, unconfigured: unconfigured)
    var table = ResolverTable<CallerContext>()
    addEvents(to: &table)
    addMutations(to: &table, logger: logger)
    addRecords(to: &table)
    addAccounts(to: &table)
    addFailedJobs(to: &table)
    addEmails(to: &table, logger: logger)
    addSubscriptions(to: &table)
    table.type("PageInfo", of: PageInfo.self) { type in
      type.field("hasNextPage") { $0.hasNextPage }
      type.field("endCursor") { $0.endCursor }
    }
    return try GraphQLExecutor(
      schema: schema,
      resolvers: table,
      scalars: Scalars.codecs,
      // A page of 500 events with ten guests each, everything asked for, is some 60,000 values.
      limits: DocumentLimits(maxValues: 100_000),
      allowsIntrospection: allowsIntrospection,
      report: { error, path in
        logger.error("A resolver failed", metadata: ["path": "\(path)", "error": "\(error)"])
      }
    )
  }

  static func addConnection<Node: GraphQLObject>(
    _ name: String,
    of node: Node.Type,
    to table: inout ResolverTable<CallerContext>
  ) {
    table.type("\(name)Connection", of: Connection<Node>.self) { type in
      type.field("edges") { $0.edges }
      type.field("pageInfo") { $0.pageInfo }
    }
    table.type("\(name)Edge", of: Connection<Node>.Edge.self) { type in
      type.field("node") { $0.node }
      type.field("cursor") { $0.cursor }
    }
  }
}
