import CalendarCore
import CalendarService
import GraphQLEngine

/// The records, and the workspace, that one answer points to: each kind is read once a level of the answer, each record once.
struct RecordLoader: Sendable {
  let people: BatchLoader<Person.ID, Person>
  let peopleByAddress: BatchLoader<EmailAddress, Person>
  let companies: BatchLoader<Company.ID, Company>
  /// A company's people, at most a page of them.
  let peopleOfCompanies: BatchLoader<Company.ID, [Person]>

  /// The caller's own.
  let workspaces: BatchLoader<Workspace.ID, Workspace>

  init(_ useCases: UseCases, caller: Caller) {
    let (records, workspaces) = (useCases.records.queries, useCases.access.workspaces)
    people = BatchLoader { try await records.people(ids: $0, caller: caller) }
    peopleByAddress = BatchLoader { try await records.people(emails: $0, caller: caller) }
    companies = BatchLoader { try await records.companies(ids: $0, caller: caller) }
    peopleOfCompanies = BatchLoader { try await records.people(of: $0, caller: caller) }
    self.workspaces = BatchLoader { _ in
      [caller.workspaceID: try await workspaces.workspace(of: caller)]
    }
  }
}

extension BatchLoader {
  /// Returns the record of each reference, in their order; nil for those that name none, or a deleted one.
  func load<Source: Sendable, View: GraphQLObject>(
    _ key: @Sendable (Source) -> Key?,
    of sources: [Source],
    as view: @Sendable (Value) -> View
  ) async throws -> [View?] {
    let found = try await load(sources.compactMap(key))
    return sources.map { source in key(source).flatMap { found[$0] }.map(view) }
  }
}
