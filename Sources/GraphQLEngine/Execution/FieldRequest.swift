/// The request that a resolver receives besides the object whose field it resolves.
public struct FieldRequest<Context: Sendable>: Sendable {
  /// The field's arguments, coerced.
  public let arguments: Arguments
  /// The context that the caller of `execute` passed for this request.
  public let context: Context
  let places: Places
  let row: Int

  /// The field's place in the answer; that of the first object where a resolver is asked for many.
  public var path: [PathElement] { places.path(row) }
}

/// A field that is to be resolved for all objects of a column.
struct ColumnRequest<Context: Sendable>: Sendable {
  let arguments: Arguments
  let context: Context
  let places: Places
  let budget: ExecutionBudget

  func row(_ row: Int) -> FieldRequest<Context> {
    FieldRequest(arguments: arguments, context: context, places: places, row: row)
  }

  /// Asks for one object after another.
  func each<Source, Value: ResolvedConvertible>(
    _ sources: [Source],
    _ resolve: (Source, FieldRequest<Context>) throws -> Value
  ) throws -> Resolution {
    var outcomes: [Result<Value, any Error>] = []
    outcomes.reserveCapacity(sources.count)
    for (index, source) in sources.enumerated() {
      outcomes.append(try counted(Result { try resolve(source, row(index)) }))
    }
    return Resolution(outcomes)
  }

  /// Asks for all objects together, in tasks of their own as far as the budget has any.
  func together<Source: Sendable, Value: ResolvedConvertible>(
    _ sources: [Source],
    _ resolve: @escaping @Sendable (Source, FieldRequest<Context>) async throws -> Value
  ) async throws -> Resolution {
    let outcomes = try await budget.together(sources.indices) { index in
      let outcome: Result<Value, any Error>
      do { outcome = .success(try await resolve(sources[index], row(index))) } catch {
        outcome = .failure(error)
      }
      return try counted(outcome)
    }
    return Resolution(outcomes)
  }

  /// Values of a batch: elements of lists count before they are laid beside each other.
  func counted<Value: ResolvedConvertible>(_ values: [Value]) throws(ExecutionStop) -> Resolution {
    try budget.take(values.reduce(0) { $0 + $1.elementCount })
    return Resolution(Value.column(of: values), isCounted: true)
  }

  /// Counts the elements of a list as soon as it is there: those of the next objects may be too many already.
  private func counted<Value: ResolvedConvertible>(
    _ outcome: Result<Value, any Error>
  ) throws(ExecutionStop) -> Result<Value, any Error> {
    switch outcome {
    case .success(let value): try budget.take(value.elementCount)
    // Most likely it failed because it was cancelled, which is not worth a report.
    case .failure: if budget.isExceeded { throw ExecutionStop() }
    }
    return outcome
  }
}

/// The resolvers' values for a column of objects.
struct Resolution: Sendable {
  /// The values of the rows that did not fail.
  let column: ResolvedColumn
  /// Which rows those are; nil for all.
  let rows: [Int]?
  let failures: [Int: any Error]
  /// Whether the elements of lists have been counted already.
  let isCounted: Bool
  /// Why all rows failed, when they did so together.
  let reason: (any Error)?

  init(_ column: ResolvedColumn, isCounted: Bool = false) {
    self.column = column
    self.isCounted = isCounted
    rows = nil
    failures = [:]
    reason = nil
  }

  init<Value: ResolvedConvertible>(_ outcomes: [Result<Value, any Error>]) {
    var values: [Value] = []
    var rows: [Int] = []
    var failures: [Int: any Error] = [:]
    values.reserveCapacity(outcomes.count)
    for (row, outcome) in outcomes.enumerated() {
      switch outcome {
      case .success(let value):
        values.append(value)
        rows.append(row)
      case .failure(let error): failures[row] = error
      }
    }
    column = Value.column(of: values)
    self.rows = failures.isEmpty ? nil : rows
    self.failures = failures
    isCounted = true
    reason = nil
  }

  /// Every one of so many rows failed for one reason.
  init(failing count: Int, _ error: any Error) {
    column = ResolvedColumn(leaves: [])
    rows = []
    failures = Dictionary(uniqueKeysWithValues: (0..<count).map { ($0, error) })
    isCounted = true
    reason = error
  }
}
