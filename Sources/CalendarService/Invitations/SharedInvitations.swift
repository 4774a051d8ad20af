import CalendarCore

/// Gives an event's .ics to everyone who has its signed, expiring address.
package struct SharedInvitations: Sendable {
  let database: any Database
  let link: InvitationLink
  let clock: WallClock

  /// The last part of an event's address; nil while the event's UID is not certain, and where the event is redacted.
  package func path(to visible: VisibleEvent, caller: Caller) -> String? {
    guard !visible.isRedacted, visible.event.push.status == .synced else { return nil }
    return link.path(workspace: caller.workspaceID, event: visible.event.id, now: clock.now)
  }

  /// The file at an address; nil where the address is not ours or has expired, and where the event has no file now.
  package func file(at path: String) async throws -> InvitationFile? {
    let now = clock.now
    guard let target = link.open(path, now: now) else { return nil }
    return try await database.read(target.workspace) { reader in
      guard let event = try reader.events.find(target.event) else { return nil }
      return try InvitationFile.read(of: event, from: reader, now: now)
    }
  }
}
