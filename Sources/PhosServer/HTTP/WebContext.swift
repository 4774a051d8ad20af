import CalendarService
import Hummingbird
import Logging
import NIOCore

/// The context of a request: the member who signed in, once that is known.
struct WebContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  var caller: Caller?
  /// The session's token, for signing out.
  var sessionToken: String?
  /// The network address that the request came from: the browser's, or a proxy's.
  let peer: String?

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    peer = source.channel.remoteAddress?.ipAddress
  }

  /// The largest body that is read, in bytes.
  var maxUploadSize: Int { 1 << 20 }
}
