import CalendarService
import JobQueue
import ServiceLifecycle

/// The background worker: runs jobs as they become due, and when told to stop hands back what it cannot finish.
struct Worker: Service {
  let runner: WorkspaceJobRunner
  /// The longest it goes without looking, in case another process made a job.
  var maximumPause: Duration = .seconds(2)

  func run() async throws {
    await withGracefulShutdownHandler {
      await runner.work(maximumPause: maximumPause)
    } onGracefulShutdown: {
      Task { await runner.drain() }
    }
  }
}
