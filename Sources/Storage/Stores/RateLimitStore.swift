import CalendarCore
import Foundation

/// What providers take, as buckets of tokens that all nodes draw from.
///
/// A bucket that was never drawn from is full.
struct RateLimitStore {
  /// A provider that asks for more than this is taken to mean something else; so is a clock that was set back.
  private static let longestBlock: TimeInterval = 86_400

  // Two who draw at once may come in another order than they looked at the clock, and the time between them must not
  // be counted twice. A clock that is further ahead, in seconds, was set back since.
  private static let longestOvertaking: TimeInterval = 60

  let connection: any SQLConnection

  static func scope(ofAccount id: String) -> String { "account/\(id)" }
  static func scope(of provider: CalendarProviderID) -> String { "provider/\(provider.rawValue)" }

  /// Takes one token from each bucket, or none when one of them is empty or blocked; the instant from which there
  /// will be one is the answer then.
  func take(_ buckets: [(scope: String, rate: RequestLimits.Rate?)], now: Date) throws -> Date? {
    var left: [(scope: String, tokens: Double, countedAt: Date)] = []
    for (scope, rate) in buckets {
      let row = try row(scope)
      if let row {
        let blockedUntil = try row.instant("blocked_until")
        if blockedUntil > now, blockedUntil.timeIntervalSince(now) <= Self.longestBlock {
          return blockedUntil
        }
      }
      guard let rate, rate.runs > 0, rate.seconds > 0 else { continue }
      var tokens = Double(rate.runs)
      var countedAt = now
      if let row {
        let last = try row.instant("counted_at")
        if last > now, last.timeIntervalSince(now) <= Self.longestOvertaking { countedAt = last }
        let rested = max(0, now.timeIntervalSince(last))
        let before = try row.optionalNumber("tokens") ?? 0
        tokens = min(tokens, before + rested * tokens / rate.seconds)
      }
      guard tokens >= 1 else {
        // Otherwise a clock that was set back would have to catch up first.
        if countedAt == now { try store(scope, tokens, countedAt: now) }
        // Whole milliseconds, as they are stored, and not before there is one.
        let wait = (1 - tokens) * rate.seconds / Double(rate.runs)
        return now.addingTimeInterval((wait * 1000).rounded(.up) / 1000 + 0.001)
      }
      left.append((scope, tokens - 1, countedAt))
    }
    for (scope, tokens, countedAt) in left { try store(scope, tokens, countedAt: countedAt) }
    return nil
  }

  private func store(_ scope: String, _ tokens: Double, countedAt: Date) throws {
    try connection.execute(
      """
      INSERT INTO rate_limit (scope, tokens, counted_at, blocked_until)
      VALUES (\(.string(scope)), \(.number(tokens)), \(.instant(countedAt)), 0)
      ON CONFLICT (scope) DO UPDATE SET tokens = excluded.tokens, counted_at = excluded.counted_at
      """
    )
  }

  func block(_ scope: String, until instant: Date) throws {
    try connection.execute(
      """
      INSERT INTO rate_limit (scope, tokens, counted_at, blocked_until)
      VALUES (\(.string(scope)), 0, 0, \(.instant(instant)))
      ON CONFLICT (scope) DO UPDATE SET blocked_until = excluded.blocked_until
      """
    )
  }

  private func row(_ scope: String) throws -> SQLRow? {
    try connection.rows(
      "SELECT * FROM rate_limit WHERE scope = \(.string(scope)) \(connection.dialect.lockingRows)"
    ).first
  }
}
