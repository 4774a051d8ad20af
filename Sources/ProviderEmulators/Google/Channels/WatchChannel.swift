import Crypto
import Foundation
import JSONModel

/// A client's channel for changes of a calendar's events.
struct WatchChannel: Codable, Sendable, Equatable {
  var id: String
  var owner: ChannelOwner
  /// The consent by which it was opened; nil for a script's token.
  var grant: String?
  /// The address of the calendar's account.
  var calendar: String
  var token: String?
  /// The URL to call.
  var address: String
  var expires: Date
  /// The number of the last notification; the first, of state `sync`, has number 1.
  var lastNumber = 0
  /// Whether its owner has stopped it.
  var isStopped = false

  /// Google's longest, and the usual lifetime.
  private static let longest: TimeInterval = 604_800

  /// Reads a request; refuses what the real API refuses, and addresses beyond this machine.
  init(
    _ body: JSON,
    caller: GoogleCaller,
    calendar: String,
    allowsLoopbackHTTP: Bool,
    at now: Date
  ) throws(GoogleError) {
    guard let id = body["id"]?.string, !id.isEmpty else { throw .required("Missing channel id.") }
    guard id.utf8.count <= 64, id.utf8.allSatisfy(Self.isAllowed) else {
      throw Self.push(
        "channelIdInvalid",
        "Channel id must match [A-Za-z0-9\\-_\\+/=]+ and have 64 characters."
      )
    }
    guard ["web_hook", "webhook"].contains(body["type"]?.string ?? "") else {
      throw Self.push("channelTypeNotSupported", "Channel type not supported.")
    }
    token = body["token"]?.string
    guard (token ?? "").count <= 256 else { throw .invalid("Channel token is longer than 256 characters.") }
    self.id = id
    self.calendar = calendar
    owner = caller.owner
    grant = caller.grant
    address = try Self.address(body["address"]?.string, allowsLoopbackHTTP: allowsLoopbackHTTP)
    expires = try Self.expiry(body, at: now)
  }

  /// The more restrictive of what is asked for and Google's own limit.
  private static func expiry(_ body: JSON, at now: Date) throws(GoogleError) -> Date {
    var ends = [now.addingTimeInterval(longest)]
    if let json = body["expiration"], json != .null {
      guard let milliseconds = json.integer ?? json.string.flatMap({ Int($0) }) else {
        throw .invalid("Invalid expiration.")
      }
      ends.append(Date(timeIntervalSince1970: Double(milliseconds) / 1000))
    }
    if let json = body["params"]?["ttl"], json != .null {
      guard let seconds = json.integer ?? json.string.flatMap({ Int($0) }), seconds > 0 else {
        throw .invalid("Invalid ttl.")
      }
      ends.append(now.addingTimeInterval(Double(seconds)))
    }
    guard let end = ends.min(), end > now else { throw .invalid("Channel expiration is in the past.") }
    return end
  }

  private static func address(_ text: String?, allowsLoopbackHTTP: Bool) throws(GoogleError) -> String {
    guard let text else { throw .required("Missing channel address.") }
    guard let url = URLComponents(string: text), let scheme = url.scheme, let host = url.host, !host.isEmpty
    else { throw push("webhookUrlNoHostOrAddress", "WebHook callback must be a valid URL: \(text)") }
    let isLoopback = ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host)
    guard scheme == "https" || (scheme == "http" && isLoopback && allowsLoopbackHTTP) else {
      throw push("webhookUrlNotHttps", "WebHook callback must be HTTPS: \(text)")
    }
    guard isLoopback else { throw .notEmulated("notifying other machines") }
    return text
  }

  private static func push(_ reason: String, _ message: String) -> GoogleError {
    GoogleError(status: 400, reason: "push.\(reason)", message: message, domain: "global")
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: "-_+/=".utf8.contains(byte)
    }
  }

  /// By which the emulator finds it: ids are unique among those of one owner.
  var key: String { Self.key(id, owner) }
  static func key(_ id: String, _ owner: ChannelOwner) -> String { "\(owner.client) \(owner.account) \(id)" }

  var resourceURI: String {
    "https://www.googleapis.com/calendar/v3/calendars/\(calendar.replacing("@", with: "%40"))/events?alt=json"
  }

  /// Opaque; the same for every channel of the calendar.
  var resourceID: String {
    String(Data(SHA256.hash(data: Data(resourceURI.utf8))).base64URL.prefix(27))
  }

  var json: JSON {
    var json: JSON = [
      "kind": "api#channel", "id": .string(id), "resourceId": .string(resourceID),
      "resourceUri": .string(resourceURI),
      "expiration": .string(String(Int((expires.timeIntervalSince1970 * 1000).rounded(.down)))),
    ]
    json["token"] = token.map { .string($0) }
    return json
  }

  /// The next notification, which takes the next number: higher, but never the next one.
  mutating func notification(_ state: String) -> ChannelMessage {
    lastNumber = lastNumber == 0 ? 1 : lastNumber + 2 + lastNumber * 7 % 5
    var headers = [
      ("X-Goog-Channel-ID", id), ("X-Goog-Message-Number", String(lastNumber)),
      ("X-Goog-Channel-Expiration", expires.httpText), ("X-Goog-Resource-ID", resourceID),
      ("X-Goog-Resource-State", state), ("X-Goog-Resource-URI", resourceURI),
      ("User-Agent", "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)"),
    ]
    if let token { headers.append(("X-Goog-Channel-Token", token)) }
    return ChannelMessage(channel: key, url: address, headers: headers)
  }
}

/// The user and client to which a channel belongs: nobody else can stop it.
struct ChannelOwner: Codable, Sendable, Equatable {
  var account: String
  var client: String
}

extension Date {
  /// The date as HTTP writes it (RFC 9110 §5.6.7).
  fileprivate var httpText: String {
    formatted(
      Date.VerbatimFormatStyle(
        format: """
          \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .defaultDigits) \
          \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\
          \(second: .twoDigits) GMT
          """,
        locale: Locale(identifier: "en_US_POSIX"),
        timeZone: .gmt,
        calendar: Calendar(identifier: .gregorian)
      )
    )
  }
}
