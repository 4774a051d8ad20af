/// How much the reader takes before it refuses.
public struct ReadingLimits: Sendable, Hashable {
  /// The octets of the whole.
  public var bytes: Int
  /// The octets of one component within a VCALENDAR, unfolded; what a stream keeps in memory at most.
  public var componentBytes: Int
  /// The octets of one unfolded line; it is never longer than its component may be.
  public var lineBytes: Int
  /// The unfolded lines.
  public var lines: Int
  /// The components within one another; no more than 64 are ever taken.
  public var depth: Int
  /// The parameters of one line, and the values of one parameter.
  public var parameters: Int

  /// 16 MiB in 500,000 lines of any length, components 8 deep, 64 parameters.
  public static let `default` = ReadingLimits()

  /// Makes limits; what is not given is as in `default`.
  public init(
    bytes: Int = 16 << 20,
    componentBytes: Int = 16 << 20,
    lineBytes: Int = .max,
    lines: Int = 500_000,
    depth: Int = 8,
    parameters: Int = 64
  ) {
    self.bytes = bytes
    self.componentBytes = componentBytes
    self.lineBytes = lineBytes
    self.lines = lines
    self.depth = depth
    self.parameters = parameters
  }

  /// The limits, held within what the reader can do at all.
  var held: ReadingLimits {
    var limits = self
    limits.componentBytes = min(componentBytes, LineLayout.longest / 2)
    limits.lineBytes = min(lineBytes, limits.componentBytes)
    limits.depth = min(depth, 64)
    return limits
  }
}
