/// Runs `work`, and cancels it when `limit` has passed.
func withDeadline<T: Sendable>(
  _ limit: Duration,
  _ work: @escaping @Sendable () async throws(TransportError) -> T
) async throws(TransportError) -> T {
  let outcome = await withTaskGroup(of: Result<T, TransportError>?.self) { group in
    group.addTask {
      do throws(TransportError) { return .success(try await work()) } catch { return .failure(error) }
    }
    group.addTask {
      // Woken early only by being cancelled, when the work has ended or the caller has gone.
      do { try await Task.sleep(for: limit) } catch { return .failure(.lost(reason: "cancelled")) }
      return nil
    }
    let first = await group.next()
    group.cancelAll()
    return first ?? nil
  }
  guard let outcome else { throw .lost(reason: "no answer in time") }
  return try outcome.get()
}
