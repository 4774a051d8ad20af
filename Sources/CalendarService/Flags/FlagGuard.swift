package import CalendarCore

extension FeatureFlags {
  /// Refuses unless the master and every one of `keys` are on.
  package func require(_ keys: FeatureFlagKey...) throws(AccessError) {
    for key in [.compose] + keys where !isEnabled(key) { throw .featureDisabled(key) }
  }
}

extension FeatureFlagKey {
  /// The capability in words, at the start of a sentence.
  package var capability: String {
    switch self {
    case .compose: Messages.Capabilities.compose
    case .eventCreate: Messages.Capabilities.create
    case .eventEdit: Messages.Capabilities.edit
    case .eventDelete: Messages.Capabilities.delete
    case .meetIntegration, .teamsIntegration: Messages.Capabilities.conference
    case .emailInvite: Messages.Capabilities.emailInvite
    case .rsvp: Messages.Capabilities.respond
    }
  }
}
