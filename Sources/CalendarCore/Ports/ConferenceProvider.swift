package import Foundation

/// A conference driver; the specification's `ConferenceProviderInterface`.
///
/// A conference is either made at once, or asked for through the calendar event that will carry it. The calendar
/// services pass the answer on and need not know which.
package protocol ConferenceProvider: Sendable {
  var providerID: ConferenceProviderID { get }
  /// The name that users read.
  var displayName: String { get }
  /// The icon shown before its name.
  var icon: ProviderIcon { get }
  /// The flag that must be on besides the master; nil when there is none.
  var requiredFlag: FeatureFlagKey? { get }
  /// Whether the person has to give the link.
  var requiresLink: Bool { get }
  /// The kind of account of its own that conferences are made with, besides the calendar's; nil when there is none.
  var ownAccountProviderID: AccountProviderID? { get }

  /// Whether a conference can be had for an event in the calendar; `available` unless the driver says otherwise.
  func availability(for account: ConnectedAccount, channel: CalendarChannel) -> ConferenceAvailability

  /// Makes the conference or says what to put into the event; the same `requestID` never makes two, also when the answer
  /// to the first request was lost.
  ///
  /// `session` is of the owner's account of `ownAccountProviderID`, and of no other; nil when there is no such kind.
  func createConference(
    _ options: CreateConferenceOptions,
    session: AccountSession?
  ) async throws(ProviderError) -> ConferenceCreation
}

/// A conference driver whose conferences live apart from the event: they are moved and deleted by themselves.
///
/// `session` is of the account that the conference was made with. Where its id was never told, the driver looks for
/// what the same `requestID` has made.
package protocol StandaloneConferenceProvider: ConferenceProvider {
  /// Makes the conference fit what became of the meeting, such as another time or title.
  ///
  /// Throws `.notFound` or `.gone` when it has been deleted.
  func updateConference(
    _ conference: StandaloneConference,
    _ options: CreateConferenceOptions,
    session: AccountSession?
  ) async throws(ProviderError)

  /// Deletes the conference; one that is not there is no error.
  func deleteConference(
    _ conference: StandaloneConference,
    session: AccountSession?
  ) async throws(ProviderError)
}

extension ConferenceProvider {
  package var requiredFlag: FeatureFlagKey? { nil }
  package var requiresLink: Bool { false }
  package var ownAccountProviderID: AccountProviderID? { nil }

  package func availability(
    for account: ConnectedAccount,
    channel: CalendarChannel
  ) -> ConferenceAvailability { .available }
}

/// Whether a conference can be had with an account; the reason is a sentence for people.
package enum ConferenceAvailability: Sendable, Hashable {
  case available
  case unavailable(reason: String)
}

/// The meeting that a conference is requested for.
package struct CreateConferenceOptions: Sendable, Hashable {
  package var requestID: String
  package var title: String
  package var startsAt: Date
  package var endsAt: Date
  /// The zone in which the times were meant; nil for whole days.
  package var timeZone: String?
  /// Whether the meeting takes place more than once.
  package var isRecurring: Bool
  package var attendees: [EmailAddress]
  /// The link that the person gave, checked to be https.
  package var customLink: String?

  package init(
    requestID: String,
    title: String,
    startsAt: Date,
    endsAt: Date,
    timeZone: String? = nil,
    isRecurring: Bool = false,
    attendees: [EmailAddress],
    customLink: String? = nil
  ) {
    self.timeZone = timeZone
    self.isRecurring = isRecurring
    self.requestID = requestID
    self.title = title
    self.startsAt = startsAt
    self.endsAt = endsAt
    self.attendees = attendees
    self.customLink = customLink
  }
}

/// A conference that exists.
package struct Conference: Sendable, Hashable {
  package var link: String
  package var conferenceID: String?
  package var dialIn: String?
  package var passcode: String?

  package init(link: String, conferenceID: String? = nil, dialIn: String? = nil, passcode: String? = nil) {
    self.link = link
    self.conferenceID = conferenceID
    self.dialIn = dialIn
    self.passcode = passcode
  }
}

/// The result of requesting a conference.
package enum ConferenceCreation: Sendable, Hashable {
  case ready(Conference)
  /// The calendar driver that knows `solution` asks for it with the event.
  case withEvent(EventConferenceRequest)
}

/// A conference that a calendar provider is to make together with the event.
package struct EventConferenceRequest: Sendable, Hashable {
  /// The provider's word for the kind of conference, one of `CalendarChannel.conferenceSolutions`.
  package var solution: String
  package var requestID: String

  package init(solution: String, requestID: String) {
    self.solution = solution
    self.requestID = requestID
  }
}
