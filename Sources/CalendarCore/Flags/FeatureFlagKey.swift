/// The capabilities that a workspace can switch on, each by itself.
///
/// Missing means off.
///
/// The names are the specification's (MR-3.1). A driver that belongs to one says so itself
/// (`ConferenceProvider.requiredFlag`), so that nothing else needs to know which provider a name means.
package enum FeatureFlagKey: String, Sendable, CaseIterable {
  case compose = "IS_CALENDAR_COMPOSE_ENABLED"
  case eventCreate = "IS_CALENDAR_EVENT_CREATE_ENABLED"
  case eventEdit = "IS_CALENDAR_EVENT_EDIT_ENABLED"
  case eventDelete = "IS_CALENDAR_EVENT_DELETE_ENABLED"
  case meetIntegration = "IS_CALENDAR_MEET_INTEGRATION_ENABLED"
  case teamsIntegration = "IS_CALENDAR_TEAMS_INTEGRATION_ENABLED"
  case emailInvite = "IS_CALENDAR_EMAIL_INVITE_ENABLED"
  case rsvp = "IS_CALENDAR_RSVP_ENABLED"
}

/// A workspace's flags, with the master's rule built in.
package struct FeatureFlags: Sendable, Hashable {
  private let stored: Set<FeatureFlagKey>

  package init(_ stored: Set<FeatureFlagKey>) { self.stored = stored }

  /// The flag's state, as the settings page shows it.
  package func isSwitchedOn(_ key: FeatureFlagKey) -> Bool { stored.contains(key) }

  /// Whether the capability may be used: the master must be on as well.
  package func isEnabled(_ key: FeatureFlagKey) -> Bool {
    stored.contains(.compose) && stored.contains(key)
  }
}
