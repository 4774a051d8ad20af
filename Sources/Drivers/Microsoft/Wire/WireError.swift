import CalendarCore
import Foundation
import JSONModel
import ProviderKit

/// Graph's error body: `{"error":{"code","message","innerError":{…}}}`.
enum WireError {
  /// The code, if it looks like one of Graph's words.
  private static func code(of response: ProviderResponse) -> String? {
    guard let code = JSON(Array(response.body.prefix(64 * 1024)))?["error"]?["code"]?.string,
      (1...60).contains(code.utf8.count), code.allSatisfy({ $0.isASCII && ($0.isLetter || $0 == "_") })
    else { return nil }
    return code
  }

  /// The meaning of Graph's error (learn.microsoft.com/graph/errors).
  static func providerError(_ response: ProviderResponse, now: Date) -> ProviderError {
    let code = code(of: response)
    switch code {
    case "ErrorItemNotFound", "ErrorInvalidIdMalformed": return .notFound
    case "ErrorIrresolvableConflict": return .conflict(etag: nil)
    case "SyncStateNotFound", "resyncRequired": return .gone
    case "ErrorOccurrenceCrossingBoundary":
      return .rejected(reason: Messages.movedPastNeighbor)
    case "ErrorOccurrenceTimeSpanTooBig":
      return .rejected(reason: Messages.overlapsNext)
    case "TimeZoneNotSupportedException":
      return .rejected(reason: Messages.unknownTimeZone)
    default:
      let reason = Messages.answered(response.status, code)
      return ProviderError(response, reason: reason, now: now)
    }
  }
}
