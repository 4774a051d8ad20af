package import CalendarCore
package import Foundation

extension ConflictResolutionStrategy {
  /// Whose change counts where both sides changed the same; nil where a person must choose.
  ///
  /// Where it is not known when theirs was changed, or both were at once, ours counts: it is what a member has typed and
  /// is looking at, and it was made in the knowledge of all that was imported before.
  package func winner(mineEditedAt: Date, theirsChangedAt: Date?) -> EventMerge.Side? {
    switch self {
    case .crmWins: .mine
    case .providerWins: .theirs
    case .merge, .lastWriteWins: theirsChangedAt.map { $0 > mineEditedAt ? .theirs : .mine } ?? .mine
    case .manual: nil
    }
  }
}
