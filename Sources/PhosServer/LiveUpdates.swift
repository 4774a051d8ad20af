import CalendarService
import ServiceLifecycle

/// Tells those who watch of changes, and when told to stop ends what they watch.
struct LiveUpdates: Service {
  let hub: ChangeHub

  func run() async throws { await cancelWhenGracefulShutdown { await hub.run() } }
}
