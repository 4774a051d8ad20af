import Testing

/// No crash, retry, double click or lost answer ever makes a second meeting, or loses one that was accepted.
///
/// Each run plays other histories. A failure names its seed; `PHOS_SCHEDULE_SEED=…` plays that one alone, as far as
/// the order in which concurrent steps happen allows.
@Suite(.timeLimit(.minutes(20))) struct RandomScheduleTests {
  @Test func `on both engines everything accepted happens exactly once`() async throws {
    try await RandomHistories.play(1000, seedVariable: "PHOS_SCHEDULE_SEED") { seed, database in
      var schedule = try await Schedule(seed: seed, on: database)
      try await schedule.play()
    }
  }
}
