/// A notification: a POST without a body.
struct ChannelMessage: Sendable {
  /// The channel's key.
  var channel: String
  var url: String
  var headers: [(name: String, value: String)]
  /// How long it is kept back first.
  var delay: Duration = .zero

  init(channel: String, url: String, headers: [(String, String)]) {
    self.channel = channel
    self.url = url
    self.headers = headers.map { (name: $0.0, value: $0.1) }
  }
}
