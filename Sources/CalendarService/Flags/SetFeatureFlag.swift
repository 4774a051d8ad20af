package import CalendarCore

/// Switches a capability of the caller's workspace on or off.
package struct SetFeatureFlag: Sendable {
  let database: any Database

  package func callAsFunction(_ key: FeatureFlagKey, enabled: Bool, caller: Caller) async throws {
    try await database.write(caller.workspaceID) { try $0.members.setFlag(key, enabled: enabled) }
  }
}
