/// Returns what the call returns or throws, or nil once `limit` has passed or the caller was canceled; the call is then
/// canceled.
package func withDeadline<Value: Sendable, Failure: Error>(
  _ limit: Duration,
  _ call: @escaping @Sendable () async throws(Failure) -> Value
) async -> Result<Value, Failure>? {
  await withTaskGroup(of: Result<Value, Failure>?.self) { group in
    group.addTask {
      do throws(Failure) { return .success(try await call()) } catch { return .failure(error) }
    }
    group.addTask {
      try? await Task.sleep(for: limit)
      return nil
    }
    let first = await group.next() ?? nil
    group.cancelAll()
    return first
  }
}
