import Foundation
import JSONModel

/// Notification channels: `events.watch`, `channels.stop`, and the notifications of what changes.
extension GoogleEmulator {
  /// Opens a channel; its first notification, `sync`, may arrive before the response.
  func watch(
    _ request: EmulatorRequest,
    _ body: JSON,
    calendar: String,
    caller: GoogleCaller,
    _ state: inout GoogleState
  ) throws(GoogleError) -> EmulatorResponse {
    let own = request.query.filter { !GoogleOperation.commonParameters.contains($0.name) }
    guard own.isEmpty else { throw .notEmulated("watching a part of a calendar") }
    let now = clock()
    var channel = try WatchChannel(
      body,
      caller: caller,
      calendar: calendar,
      allowsLoopbackHTTP: allowsLoopbackHTTP,
      at: now
    )
    // Ids stay taken after their channel has ended.
    guard state.channels[channel.key] == nil else {
      throw GoogleError(
        status: 400,
        reason: "channelIdNotUnique",
        message: "Channel id \(channel.id) not unique"
      )
    }
    guard state.channels.count < Self.channelLimit else { throw .notEmulated("so many channels") }
    let message = channel.notification("sync")
    keep(channel, &state)
    notifications.send(message)
    return .json(channel.json)
  }

  /// Stops a channel, for its owner only, who has to know what it watches.
  func stop(_ body: JSON, caller: GoogleCaller, _ state: inout GoogleState) throws(GoogleError)
    -> EmulatorResponse
  {
    guard let id = body["id"]?.string, let resource = body["resourceId"]?.string else {
      throw .required("Missing channel id or resourceId.")
    }
    guard var channel = state.channels[WatchChannel.key(id, caller.owner)], channel.resourceID == resource,
      isLive(channel, in: state)
    else {
      throw GoogleError(
        status: 404,
        reason: "notFound",
        message: "Channel '\(id)' not found for project '\(clientID)'"
      )
    }
    channel.isStopped = true
    keep(channel, &state)
    return EmulatorResponse(status: 204)
  }

  /// Stores a calendar that may have changed, and notifies once if it has.
  func commit(_ calendar: GoogleCalendar, _ state: inout GoogleState) {
    let address = calendar.account.email
    let isChanged = state.calendars[address]?.lastChange != calendar.lastChange
    state.calendars[address] = calendar
    guard isChanged else { return }
    for var channel in state.channels.values where channel.calendar == address && isLive(channel, in: state) {
      let message = channel.notification("exists")
      keep(channel, &state)
      notifications.send(message)
    }
  }

  /// Whether a channel still notifies: it does not say when it expires, or when its owner revokes the consent.
  private func isLive(_ channel: WatchChannel, in state: GoogleState) -> Bool {
    guard !channel.isStopped, channel.expires > clock() else { return false }
    return channel.grant.map { state.grants.grants[$0]?.isRevoked == false } ?? true
  }

  private static let channelLimit = 10_000
}
