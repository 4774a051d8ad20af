import CalendarService
import ServiceLifecycle

/// The background worker: runs jobs as they become due.
struct Worker: Service {
  let runner: JobRunner
  /// The longest it goes without looking, in case another process made a job.
  var longestPause: Duration = .seconds(2)

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await runner.work(longestPause: longestPause)
    }
  }
}
