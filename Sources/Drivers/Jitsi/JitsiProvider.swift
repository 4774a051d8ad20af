package import CalendarCore
import Crypto
import Foundation

extension ConferenceProviderID {
  /// Jitsi Meet.
  package static let jitsi = Self(rawValue: "JITSI")
}

/// Jitsi Meet: a room exists as soon as a person enters it, so all it takes is a name that nobody can guess.
package struct JitsiProvider: ConferenceProvider {
  package static let defaultURL = "https://meet.jit.si"

  package let providerID = ConferenceProviderID.jitsi
  package let displayName = "Jitsi Meet"
  package let iconKey = "jitsi"
  private let serverURL: String

  package init(serverURL: String = Self.defaultURL) { self.serverURL = serverURL }

  package func availability(
    for account: ConnectedAccount,
    channel: CalendarChannel
  ) -> ConferenceAvailability { .available }

  /// The name is 160 bits of a digest of the request's id, which is random and never shown: the same request has the
  /// same room.
  package func createConference(
    _ options: CreateConferenceOptions,
    session: AccountSession?
  ) async throws(ProviderError) -> ConferenceCreation {
    let digest = SHA256.hash(data: Data("phos jitsi room \(options.requestID)".utf8))
    let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567")
    let name = String(digest.prefix(32).map { alphabet[Int($0 & 31)] })
    return .ready(Conference(link: "\(serverURL)/phos-\(name)", conferenceID: "phos-\(name)"))
  }
}
