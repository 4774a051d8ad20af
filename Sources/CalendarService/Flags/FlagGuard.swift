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
    case .compose: "Writing to calendars"
    case .eventCreate: "Creating events"
    case .eventEdit: "Changing events"
    case .eventDelete: "Deleting events"
    case .meetIntegration, .teamsIntegration: "This kind of video conference"
    case .emailInvite: "Inviting from the mail composer"
    case .rsvp: "Answering invitations"
    }
  }
}
