import Foundation

/// Wakes a thread that waits for a socket.
final class SelfPipe: Sendable {
  private let reading: Int32
  private let writing: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    // Without descriptors left nothing is waited for but the clock.
    if pipe(&ends) == 0 {
      for end in ends {
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      }
    }
    reading = ends[0]
    writing = ends[1]
  }

  deinit {
    for end in [reading, writing] where end >= 0 { close(end) }
  }

  func wake() {
    var byte: UInt8 = 1
    // Where it is full, the thread will wake anyway.
    _ = write(writing, &byte, 1)
  }

  /// Blocks until `wake`, or something to read from the socket, or the deadline.
  func wait(for socket: Int32 = -1, until deadline: ContinuousClock.Instant? = nil) {
    // poll passes over what is below 0.
    var watched = [
      pollfd(fd: reading, events: Int16(POLLIN), revents: 0),
      pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
    ]
    let patience = reading < 0 ? min(deadline ?? .now + .seconds(1), .now + .seconds(1)) : deadline
    let left = patience.map { max(.zero, ContinuousClock.now.duration(to: $0)) / .milliseconds(1) }
    _ = poll(&watched, nfds_t(watched.count), left.map { Int32($0.rounded(.up)) } ?? -1)
    var bytes: [UInt8] = Array(repeating: 0, count: 64)
    while read(reading, &bytes, bytes.count) > 0 {}
  }
}
