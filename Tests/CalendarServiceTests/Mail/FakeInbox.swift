import CalendarCore
import Synchronization

/// An inbox that holds what it was given; its positions are counts.
final class FakeInbox: MailInbox {
  private struct State {
    var files: [String] = []
    var failures: [ProviderError] = []
    var looks: [String?] = []
  }

  private let state = Mutex(State())
  /// How many files one look brings.
  let most = 2

  func receive(_ files: String...) { state.withLock { $0.files += files } }
  func fail(_ errors: ProviderError...) { state.withLock { $0.failures = errors } }
  /// The positions from which it was looked into.
  var looks: [String?] { state.withLock { $0.looks } }

  func handles(_ account: ConnectedAccount) -> Bool { account.parameters["inbox"] != nil }

  func calendarFiles(
    after position: String?,
    session: AccountSession
  ) async throws(ProviderError) -> InboxScanResult {
    let (failure, files) = state.withLock { state in
      state.looks.append(position)
      return (state.failures.isEmpty ? nil : state.failures.removeFirst(), state.files)
    }
    if let failure { throw failure }
    let start = position.flatMap { Int($0) } ?? 0
    let end = min(start + most, files.count)
    return InboxScanResult(files: Array(files[start..<end]), position: "\(end)", hasMore: end < files.count)
  }
}
