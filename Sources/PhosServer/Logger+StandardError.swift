package import Logging

extension Logger {
  /// Logs to standard error, so that standard output carries nothing but a command's answer.
  package static func standardError(_ level: Level) -> Logger {
    var logger = Logger(label: "phos") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = level
    return logger
  }
}
