/// Fetches things by their keys, many at once and each only once, for as long as one request lasts.
///
/// Resolvers that are asked for a whole level of an answer load what they need here; what another field has loaded, or
/// is just loading, is not fetched again.
public actor BatchLoader<Key: Hashable & Sendable, Value: Sendable> {
  private let fetch: @Sendable ([Key]) async throws -> [Key: Value]
  private var fetches: [Key: Task<[Key: Value], any Error>] = [:]

  /// A loader; `fetch` gets keys without repetition, and leaves out what there is not.
  public init(fetch: @escaping @Sendable ([Key]) async throws -> [Key: Value]) { self.fetch = fetch }

  /// Returns the values for these keys.
  ///
  /// Throws what `fetch` threw, to everyone who waited for it.
  public func load(_ keys: some Sequence<Key> & Sendable) async throws -> [Key: Value] {
    let wanted = Set(keys)
    let missing = wanted.filter { fetches[$0] == nil }
    if !missing.isEmpty {
      let fetching = Task { [fetch] in try await fetch(Array(missing)) }
      for key in missing { fetches[key] = fetching }
    }
    var found: [Key: Value] = [:]
    for key in wanted {
      if let value = try await fetches[key]?.value[key] { found[key] = value }
    }
    return found
  }
}
