/// Everything that is done with persons, companies and opportunities.
package struct RecordUseCases: Sendable {
  package let queries: RecordQueries
  package let create: CreateRecords

  init(_ parts: UseCases.Parts) {
    queries = RecordQueries(database: parts.database)
    create = CreateRecords(database: parts.database, ids: parts.ids)
  }
}
