import CalendarCore

extension EventConference {
  /// Takes over what the provider says of the conference that was asked for.
  mutating func apply(_ answer: ProviderConference) {
    switch answer {
    case .pending: status = .pending
    case .failure: status = .failure
    case .success(let conference):
      status = .success
      link = conference.link
      conferenceID = conference.conferenceID ?? conferenceID
    }
  }
}
