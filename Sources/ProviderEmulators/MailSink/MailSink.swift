package import Foundation
import Synchronization

/// The destination of all of a demo's email: SMTP in, JSON or a page out; nothing leaves the machine.
package final class MailSink: Sendable {
  let limit: Int
  /// The maximum size of one message in octets.
  let messageLimit: Int
  /// The maximum size of all messages in octets.
  private static let totalLimit = 64 << 20
  /// The number of SMTP clients connected.
  let connections = Mutex(0)
  private let offersSMTPUTF8 = Mutex(true)
  private let kept: Mutex<[MailMessage]>
  private let journal: Journal<MailMessage>

  /// A sink that keeps the newest `limit` emails, restored from `storage` when that file exists.
  package init(storage: URL? = nil, limit: Int = 1000, messageLimit: Int = 10 << 20) throws {
    self.limit = limit
    self.messageLimit = messageLimit
    var initial: [MailMessage] = []
    if let storage {
      journal = try Journal(
        url: storage,
        restore: { initial.append($0) },
        snapshot: {
          initial = initial.suffix(limit)
          return initial
        }
      )
    } else {
      journal = Journal()
    }
    kept = Mutex(initial)
  }

  /// Whether the server supports non-ASCII addresses (RFC 6531); open sessions are not affected.
  package var hasSMTPUTF8: Bool {
    get { offersSMTPUTF8.withLock { $0 } }
    set { offersSMTPUTF8.withLock { $0 = newValue } }
  }

  /// The emails kept, newest last.
  package var messages: [MailMessage] { kept.withLock { $0 } }

  /// Accepts an email; `from` and `to` are the envelope's, `raw` is the whole message.
  package func deliver(from: String, to: [String], raw: String) {
    let message = MailMessage(from: from, to: to, raw: raw)
    kept.withLock { messages in
      messages.append(message)
      var total = messages.reduce(0) { $0 + $1.raw.utf8.count }
      while let oldest = messages.first, messages.count > limit || total > Self.totalLimit {
        total -= oldest.raw.utf8.count
        messages.removeFirst()
      }
      journal.append(message)
    }
  }
}

/// An email that arrived: its envelope and its text.
package struct MailMessage: Codable, Sendable, Equatable {
  package var from: String
  package var to: [String]
  package var raw: String
}
