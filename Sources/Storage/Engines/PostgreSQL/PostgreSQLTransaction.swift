import Foundation

/// One transaction, run again as long as that is safe and may help.
struct PostgreSQLTransaction {
  enum Kind: String {
    /// Reads see one moment, however many statements they are.
    case snapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    /// Changes are made to the rows that were read: where another transaction was first, the transaction fails with a
    /// serialization failure and is run again on what they left.
    case change = "BEGIN ISOLATION LEVEL REPEATABLE READ"
    /// Each statement sees the newest rows, for taking one that nobody else has.
    case newestRows = "BEGIN ISOLATION LEVEL READ COMMITTED"
  }

  let kind: Kind
  let address: PostgreSQLAddress
  /// How long a server may be away before those who wait are told.
  let patience: Duration
  /// How long it may say nothing; nil when it may take what it needs.
  var silenceTimeout: Duration?

  private static let maximumRuns = 30
  /// How often a transaction is run again because a unique value is taken.
  ///
  /// Every body looks for the value before it inserts it, so the next run finds the row that a concurrent transaction
  /// committed. A value that is still refused after this many runs is a mistake in the body and is reported.
  private static let maxUniqueViolations = 4

  func run<T>(
    on connection: inout PostgreSQLConnection?,
    _ body: (any SQLConnection) throws -> T
  ) throws -> T {
    let start = ContinuousClock.now
    var runs = 0
    var uniqueViolations = 0
    while true {
      runs += 1
      do {
        return try once(on: &connection, body)
      } catch let failure as PostgreSQLFailure {
        if connection?.isBroken ?? true { connection = nil }
        if failure.outcomeIsUnknown { throw failure }
        if failure.isUniqueViolation { uniqueViolations += 1 }
        let isConcurrent =
          failure.isSerialization || failure.isUniqueViolation && uniqueViolations <= Self.maxUniqueViolations
        if isConcurrent, runs < Self.maximumRuns {
          // Jitter keeps conflicting transactions from colliding again.
          Thread.sleep(forTimeInterval: Double.random(in: 0..<0.002) * Double(runs))
        } else if failure.isStaleStatement, runs < Self.maximumRuns {
          do { try connection?.forgetStatements() } catch { connection = nil }
        } else if isServerGone(failure) {
          // The next connection may find a server that is there, or, of several hosts, the one that takes changes.
          connection = nil
          guard start.duration(to: .now) < patience else { throw failure }
          Thread.sleep(forTimeInterval: 0.1)
        } else {
          throw failure
        }
      }
    }
  }

  private func isServerGone(_ failure: PostgreSQLFailure) -> Bool {
    failure.isConnectionLost || kind != .snapshot && failure.isReadOnlyServer
  }

  private func once<T>(
    on slot: inout PostgreSQLConnection?,
    _ body: (any SQLConnection) throws -> T
  ) throws -> T {
    let connection = try slot ?? PostgreSQLConnection(address, silenceTimeout: silenceTimeout)
    slot = connection
    _ = try connection.answer(to: kind.rawValue)
    let result: T
    do { result = try body(connection) } catch {
      // A broken connection has rolled back already.
      if !connection.isBroken { _ = try? connection.answer(to: "ROLLBACK") }
      throw error
    }
    let tag: String
    do { tag = try connection.answer(to: "COMMIT") } catch var failure as PostgreSQLFailure {
      // Reading has no outcome but what was read.
      failure.outcomeIsUnknown = failure.isConnectionLost && kind != .snapshot
      throw failure
    }
    // What failed and was caught inside the body makes COMMIT roll back, and say so.
    guard tag == "COMMIT" else { throw PostgreSQLFailure(sqlState: "25P02") }
    return result
  }
}
