import CalendarCore
import Foundation
import JobQueue

/// The rate limits of providers, as buckets of tokens that all nodes draw from.
///
/// A bucket that was never drawn from is full.
struct RateLimitTable {
  /// A provider that asks for more than this is taken to mean something else; so is a clock that was set back.
  private static let maximumBlock: TimeInterval = 86_400

  // Two who draw at once may come in another order than they looked at the clock, and the time between them must not
  // be counted twice. A clock that is further ahead, in seconds, was set back since.
  private static let maximumOvertaking: TimeInterval = 60

  let connection: any SQLConnection

  /// The scopes that were stored for accounts and their providers since there are limits.
  static func scope(of resource: UUID) -> String { "account/\(resource.uuidString.lowercased())" }
  static func scope(ofClass rateClass: String) -> String { "provider/\(rateClass)" }

  /// A bucket to draw from.
  struct Bucket {
    var scope: String
    var rate: JobRateLimits.Rate?
    /// The part of the bucket that is left to others, from 0 to below 1.
    var reserve: Double = 0
    /// Whether a token is taken; otherwise the bucket is only read, without a lock.
    var isCharged = true
  }

  /// Takes one token from each bucket, or none when one of them is empty or blocked; the instant from which there
  /// will be one is the answer then.
  func take(_ buckets: [Bucket], now: Date) throws -> Date? {
    var left: [(scope: String, tokens: Double, countedAt: Date)] = []
    for bucket in buckets {
      let row = try row(bucket.scope, isLocked: bucket.isCharged)
      if let row {
        let blockedUntil = try row.instant("blocked_until")
        if blockedUntil > now, blockedUntil.timeIntervalSince(now) <= Self.maximumBlock {
          return blockedUntil
        }
      }
      guard let rate = bucket.rate, rate.runs > 0, rate.seconds > 0 else { continue }
      var tokens = Double(rate.runs)
      var countedAt = now
      if let row {
        let last = try row.instant("counted_at")
        if last > now, last.timeIntervalSince(now) <= Self.maximumOvertaking { countedAt = last }
        let rested = max(0, now.timeIntervalSince(last))
        let before = try row.optionalNumber("tokens") ?? 0
        tokens = min(tokens, before + rested * tokens / rate.seconds)
      }
      let needed = max(1, min(1 + bucket.reserve * Double(rate.runs), Double(rate.runs)))
      guard tokens >= needed else {
        // Otherwise a clock that was set back would have to catch up first.
        if countedAt == now, bucket.isCharged { try store(bucket.scope, tokens, countedAt: now) }
        // Whole milliseconds, as they are stored, and not before there is one.
        let wait = (needed - tokens) * rate.seconds / Double(rate.runs)
        return now.addingTimeInterval((wait * 1000).rounded(.up) / 1000 + 0.001)
      }
      if bucket.isCharged { left.append((bucket.scope, tokens - 1, countedAt)) }
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

  private func row(_ scope: String, isLocked: Bool) throws -> SQLRow? {
    let lock: SQLQuery = isLocked ? connection.dialect.lockingRows : ""
    return try connection.rows("SELECT * FROM rate_limit WHERE scope = \(.string(scope)) \(lock)").first
  }
}
