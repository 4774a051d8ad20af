/// How much a caller may ask for.
///
/// A document that exceeds a limit is refused before anything is executed, with the code `DOCUMENT_LIMIT_EXCEEDED`;
/// only `maxValues` and `maxDuration` show while the answer is made, and stop it.
public struct DocumentLimits: Sendable, Hashable {
  /// Size of the document, in bytes.
  public var maxBytes: Int
  /// Number of tokens.
  public var maxTokens: Int
  /// How deep braces and brackets may nest in the text, whatever they mean.
  public var maxNesting: Int
  /// How deep fields may lie within fields, fragments followed.
  ///
  /// The full introspection query needs 15.
  public var maxDepth: Int
  /// Number of fields and spreads in all operations together, each fragment counted wherever it is spread.
  public var maxFields: Int
  /// Number of aliases in all operations together, each fragment counted wherever it is spread.
  public var maxAliases: Int
  /// Number of values that the document may ask for: fields, times the sizes of the lists around them.
  ///
  /// The size of a list is what the field's `@listSize` says, or ten.
  public var maxCost: Int
  /// Number of values in the answer: the fields of its objects and the elements of its lists.
  public var maxValues: Int
  /// How long the answer to a query, or to one event of a subscription, may take.
  ///
  /// Mutations are let finish: what they began is worth more than the answer.
  public var maxDuration: Duration

  /// Limits; the defaults fit a web client that asks for whole pages and every introspection query.
  public init(
    maxBytes: Int = 100_000,
    maxTokens: Int = 10_000,
    maxNesting: Int = 64,
    maxDepth: Int = 15,
    maxFields: Int = 2_000,
    maxAliases: Int = 100,
    maxCost: Int = 500_000,
    maxValues: Int = 50_000,
    maxDuration: Duration = .seconds(20)
  ) {
    self.maxBytes = maxBytes
    self.maxTokens = maxTokens
    self.maxNesting = maxNesting
    self.maxDepth = maxDepth
    self.maxFields = maxFields
    self.maxAliases = maxAliases
    self.maxCost = maxCost
    self.maxValues = maxValues
    self.maxDuration = maxDuration
  }

  /// The defaults.
  public static let `default` = DocumentLimits()

  /// For schema source, which comes from the program itself.
  static let schemaSource = DocumentLimits(maxBytes: 10_000_000, maxTokens: 1_000_000)
}
