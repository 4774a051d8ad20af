/// Everything that is about who may come in, and what their workspace has switched on.
package struct AccessUseCases: Sendable {
  package let signIn: SignIn
  package let createAPIToken: CreateAPIToken
  package let createWorkspace: CreateWorkspace
  package let workspaces: WorkspaceQueries
  package let setFeatureFlag: SetFeatureFlag

  init(_ parts: UseCases.Parts) {
    signIn = SignIn(
      database: parts.database,
      clock: parts.clock,
      failures: FailureCounter(),
      offload: parts.offload
    )
    createAPIToken = CreateAPIToken(database: parts.database, ids: parts.ids, clock: parts.clock)
    createWorkspace = CreateWorkspace(
      database: parts.database,
      calendars: parts.calendars,
      ids: parts.ids,
      clock: parts.clock
    )
    workspaces = WorkspaceQueries(database: parts.database)
    setFeatureFlag = SetFeatureFlag(database: parts.database)
  }
}
