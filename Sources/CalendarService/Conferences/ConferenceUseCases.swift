/// Everything that is asked about video conferences.
package struct ConferenceUseCases: Sendable {
  package let available: AvailableConferenceProviders
  package let propose: SetDefaultConference

  init(_ parts: UseCases.Parts) {
    available = AvailableConferenceProviders(database: parts.database, registry: parts.conferences)
    propose = SetDefaultConference(database: parts.database, registry: parts.conferences)
  }
}
