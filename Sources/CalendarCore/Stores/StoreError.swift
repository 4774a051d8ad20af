/// An error of a store.
///
/// Descriptions hold no values.
package enum StoreError: Error, Sendable, Hashable {
  /// The row that is to be changed does not exist.
  case notFound
  /// A row that is to be stored names another workspace than the transaction's.
  case wrongWorkspace
  /// A row refers to one that does not exist, or that others still refer to was to be deleted.
  case brokenReference
  /// Stored rows contradict each other, so that the request cannot be carried out.
  case inconsistent
  case duplicateIdempotencyKey
  case duplicateEmail
  /// The database cannot be reached; nothing was changed.
  case unavailable
  /// The connection broke while a change was being made certain: it may have happened or not.
  case outcomeUnknown
  /// The database was written by a newer version of this program.
  case newerDatabase(found: Int, known: Int)
  /// A stored value cannot be understood: which column.
  case corrupt(column: String)
}
