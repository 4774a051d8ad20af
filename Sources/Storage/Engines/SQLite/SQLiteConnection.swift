import CalendarCore
import Foundation
import GRDB

/// A transaction of SQLite.
struct SQLiteConnection: SQLConnection {
  let database: GRDB.Database
  let dialect = SQLDialect.sqlite

  init(_ database: GRDB.Database) { self.database = database }

  func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [SQLRow] {
    try translatingErrors {
      let statement = try database.cachedStatement(sql: sql)
      let cursor = try Row.fetchCursor(statement, arguments: StatementArguments(of: arguments))
      let names = statement.columnNames
      let columns = Dictionary(zip(names, 0...), uniquingKeysWith: { first, _ in first })
      var rows: [SQLRow] = []
      // To the last row: a statement that writes is done only then.
      while let row = try cursor.next() {
        let values = names.indices.map { SQLValue(row[$0] as DatabaseValue) }
        rows.append(SQLRow(columns: columns, values: values))
      }
      return rows
    }
  }

  func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
    try translatingErrors {
      let statement = try database.cachedStatement(sql: sql)
      try statement.execute(arguments: StatementArguments(of: arguments))
      return database.changesCount
    }
  }

  private func translatingErrors<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_FOREIGNKEY {
      throw StoreError.brokenReference
    }
  }
}

extension SQLValue {
  fileprivate var databaseValue: DatabaseValue {
    switch self {
    case .null: .null
    case .integer(let number): number.databaseValue
    case .real(let number): number.databaseValue
    case .text(let text): text.databaseValue
    case .blob(let bytes): Data(bytes).databaseValue
    }
  }

  fileprivate init(_ value: DatabaseValue) {
    switch value.storage {
    case .null: self = .null
    case .int64(let number): self = .integer(number)
    case .double(let number): self = .real(number)
    case .string(let text): self = .text(text)
    case .blob(let bytes): self = .blob(Array(bytes))
    }
  }
}

extension StatementArguments {
  /// Makes the arguments of a statement.
  ///
  /// GRDB's initializer for values of one type makes a key path for each statement, which shows in profiles.
  fileprivate init(of values: [SQLValue]) {
    self.init(values.map { $0.databaseValue as (any DatabaseValueConvertible)? })
  }
}
