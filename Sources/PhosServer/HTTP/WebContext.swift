import CalendarService
import Hummingbird
import Logging

/// What travels with a request: who signed in, once that is known.
struct WebContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  var caller: Caller?
  /// The session's token, for signing out.
  var sessionToken: String?

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
  }

  /// The largest body that is read, in bytes.
  var maxUploadSize: Int { 1 << 20 }
}
