/// The sentences that this module writes for operators.
enum Messages {
  // MARK: SQLite's file
  static func noDatabase(at path: String) -> String { "There is no database at \(path)." }
  static func exists(_ path: String) -> String { "\(path) already exists and was left unchanged." }
  static func notOurs(_ path: String) -> String { "\(path) isn't a Phos Calendar database." }
  static func damaged(_ path: String) -> String { "\(path) is damaged." }
  static func inUse(_ path: String) -> String {
    "\(path) is in use. Stop every phos process that uses it first."
  }

  // MARK: Copying a database
  static let sameDatabase = "--from and --to are the same database."
  static let targetNotEmpty = "The target database already contains a workspace. Nothing was changed."
  static func rowsMissing(of table: String) -> String {
    "Not every row of \(table) arrived. Nothing was changed."
  }
}
