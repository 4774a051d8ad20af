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
  package let icon = ProviderIcon(
    key: "jitsi",
    shapes: """
      <circle cx="8" cy="9" r="4" fill="#0369a1"/><circle cx="16" cy="9" r="4" fill="#38bdf8"/>\
      <path d="M2 20c0-4 3-6 6-6s6 2 6 6z" fill="#0369a1"/><path d="M15 14.2c4-.6 7 1.8 7 5.8h-6z" fill="#38bdf8"/>
      """
  )
  private let serverURL: String

  package init(serverURL: String = Self.defaultURL) { self.serverURL = serverURL }

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
