import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// Delivers the notifications of channels beside the API's calls: in order within a channel, channels beside each other.
///
/// An attempt takes five seconds at most. A receiver that is away, or answers 500, 502, 503 or 504, is tried again after
/// one, two and four seconds; any other answer that is no success is final. A channel of which more than a hundred
/// notifications wait loses the oldest.
final class ChannelNotifier: Sendable {
  private final class Board: Sendable {
    struct State {
      var waiting: [String: [ChannelMessage]] = [:]
      var tasks: [String: Task<Void, Never>] = [:]
      /// Notifications that wait until their channel's next one has gone.
      var held: [String: ChannelMessage] = [:]
      var faults: [NotificationFault] = []
    }

    let state = Mutex(State())

    /// Returns the channel's next notification; nil ends its delivery until there is another.
    func next(of channel: String) -> ChannelMessage? {
      state.withLock { state in
        guard let first = state.waiting[channel]?.first else {
          state.waiting[channel] = nil
          state.tasks[channel] = nil
          return nil
        }
        state.waiting[channel]?.removeFirst()
        return first
      }
    }
  }

  private let board = Board()
  private let pause: any Clock<Duration>
  private static let pauses: [Duration] = [.seconds(1), .seconds(2), .seconds(4)]
  private static let waitingLimit = 100
  private static let faultLimit = 100

  init(pause: any Clock<Duration>) { self.pause = pause }

  deinit {
    for task in board.state.withLock({ $0.tasks.values }) { task.cancel() }
  }

  /// Puts a fault in force for the next notifications; false when there are too many already.
  func add(_ fault: NotificationFault) -> Bool {
    board.state.withLock { state in
      guard state.faults.count < Self.faultLimit else { return false }
      state.faults.append(fault)
      return true
    }
  }

  func clearFaults() { board.state.withLock { $0.faults = [] } }

  func send(_ message: ChannelMessage) {
    board.state.withLock { state in
      for message in Self.affected(message, &state) {
        var waiting = state.waiting[message.channel] ?? []
        waiting.append(message)
        state.waiting[message.channel] = waiting.suffix(Self.waitingLimit)
      }
      guard state.waiting[message.channel] != nil, state.tasks[message.channel] == nil else { return }
      state.tasks[message.channel] = Task { [board, pause] in
        while !Task.isCancelled, let next = board.next(of: message.channel) {
          // It fails only when the notifier is gone.
          try? await Self.deliver(next, pause)
        }
      }
    }
  }

  /// The notifications that a notification becomes by the fault in force, which is counted.
  private static func affected(_ message: ChannelMessage, _ state: inout Board.State) -> [ChannelMessage] {
    let held = state.held.removeValue(forKey: message.channel)
    var result = [message]
    if let fault = state.faults.first {
      if let count = fault.count {
        state.faults[0].count = count - 1
        if count <= 1 { state.faults.removeFirst() }
      }
      switch fault.mode {
      case .drop: result = []
      case .repeat: result = [message, message]
      case .delay: result[0].delay = .milliseconds(fault.milliseconds ?? 1000)
      case .reorder where held == nil:
        state.held[message.channel] = message
        result = []
      case .reorder: break
      }
    }
    return result + (held.map { [$0] } ?? [])
  }

  private static func deliver(_ message: ChannelMessage, _ pause: any Clock<Duration>) async throws {
    if message.delay > .zero { try await pause.sleep(for: message.delay) }
    for wait in pauses + [nil] {
      guard await isToRepeat(message), let wait else { return }
      try await pause.sleep(for: wait)
    }
  }

  /// Calls the receiver once; returns whether it is worth trying again.
  private static func isToRepeat(_ message: ChannelMessage) async -> Bool {
    var request = HTTPClientRequest(url: message.url)
    request.method = .POST
    for header in message.headers { request.headers.add(name: header.name, value: header.value) }
    guard let answer = try? await HTTPClient.shared.execute(request, timeout: .seconds(5)) else {
      return true
    }
    return [500, 502, 503, 504].contains(Int(answer.status.code))
  }
}
