import CalendarCore

extension Database {
  /// Runs the transaction again when its outcome is unknown; its second argument is true then.
  func writeOnce<T: Sendable>(
    _ workspace: Workspace.ID,
    _ body: @escaping @Sendable (any WorkspaceTransaction, Bool) throws -> T
  ) async throws -> T {
    do {
      return try await write(workspace) { try body($0, false) }
    } catch StoreError.outcomeUnknown {
      return try await write(workspace) { try body($0, true) }
    }
  }
}
