package import CalendarCore

/// Seals every account's secrets with the key that is used now.
///
/// Batch by batch, so that servers keep running; what was done stays done, whenever it is stopped.
package struct RotateKeys: Sendable {
  package struct Result: Sendable, Equatable {
    package var resealed = 0
    /// Sealed with the current key already.
    package var current = 0
    /// Sealed with a key that is not given, or damaged.
    package var unreadable: [ConnectedAccount.ID] = []
  }

  let database: any Database
  let sealer: CredentialSealer

  private static let batch = 100

  /// With `onlyCounting` nothing is changed: `resealed` is what would be.
  package func callAsFunction(onlyCounting: Bool = false) async throws -> Result {
    var result = Result()
    for workspace in try await database.systemRead({ try $0.workspaces() }) {
      var last: ConnectedAccount.ID?
      while true {
        let (part, next) = try await batch(in: workspace.id, after: last, onlyCounting)
        result.resealed += part.resealed
        result.current += part.current
        result.unreadable += part.unreadable
        guard let next else { break }
        last = next
      }
    }
    return result
  }

  private func batch(
    in workspace: Workspace.ID,
    after last: ConnectedAccount.ID?,
    _ onlyCounting: Bool
  ) async throws -> (Result, next: ConnectedAccount.ID?) {
    try await database.write(workspace) { [sealer] transaction in
      var result = Result()
      let rows = try transaction.accounts.sealedCredentials(after: last, limit: Self.batch)
      for row in rows {
        if sealer.isCurrent(row.sealed) {
          result.current += 1
        } else if let sealed = try? sealer.resealed(row.sealed, for: row.id) {
          if !onlyCounting { try transaction.accounts.reseal(row.id, sealed) }
          result.resealed += 1
        } else {
          result.unreadable.append(row.id)
        }
      }
      return (result, rows.count < Self.batch ? nil : rows.last?.id)
    }
  }
}
