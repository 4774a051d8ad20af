import Foundation
import Hummingbird
import JSONModel
import Synchronization
import TestSupport

@testable import ProviderEmulators

/// A receiver of notifications, which stores the headers of each and answers with the next of the given statuses.
final class ChannelListener: Sendable {
  struct Notification: Sendable {
    var headers: [String: String]
    var length: Int

    var number: Int? { headers["x-goog-message-number"].flatMap { Int($0) } }
    var state: String? { headers["x-goog-resource-state"] }
    var channel: String? { headers["x-goog-channel-id"] }
  }

  private let received = Mutex<[Notification]>([])
  private let statuses: Mutex<[Int]>

  /// After the statuses, it answers 200.
  init(statuses: [Int] = []) { self.statuses = Mutex(statuses) }

  var notifications: [Notification] { received.withLock { $0 } }
  var states: [String?] { notifications.map(\.state) }
  var numbers: [Int] { notifications.compactMap(\.number) }

  /// Runs `body` with the address at which it listens.
  func run(_ body: (String) async throws -> Void) async throws {
    let server = try await EmulatorServer.start(host: "127.0.0.1", port: 0) { request, _ in
      let body = try await request.body.collect(upTo: 1 << 20)
      let headers = EmulatorRequest(request).headers
      self.received.withLock { $0.append(Notification(headers: headers, length: body.readableBytes)) }
      let status = self.statuses.withLock { $0.isEmpty ? 200 : $0.removeFirst() }
      return Response(EmulatorResponse(status: status))
    }
    do { try await body(server.url) } catch {
      await server.stop()
      throw error
    }
    await server.stop()
  }

  func wait(for count: Int) async throws { try await waitUntil { notifications.count >= count } }
}

extension Probe {
  static let watch = events + "/watch"
  static let stop = "/calendar/v3/channels/stop"

  static func channel(_ id: String, at url: String, _ more: [String: JSON] = [:]) -> JSON {
    let base: [String: JSON] = [
      "id": .string(id), "type": "web_hook", "address": .string(url), "token": "a-token",
    ]
    return .object(base.merging(more) { $1 })
  }

  /// The number of the last notification of a channel: it grows with each, whether it arrives or not.
  func lastNumber(of id: String) -> Int? {
    google.state.withLock { state in state.channels.values.first { $0.id == id }?.lastNumber }
  }
}
