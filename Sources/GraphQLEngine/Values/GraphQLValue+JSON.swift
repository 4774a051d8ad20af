public import struct Foundation.Data

extension GraphQLValue {
  /// Reads strict JSON (RFC 8259).
  ///
  /// Throws `JSONError`; lists and objects may nest 64 deep.
  public init(json: [UInt8], maxDepth: Int = 64) throws(JSONError) {
    self = try JSONReader.read(json, maxDepth: maxDepth)
  }

  /// Reads strict JSON (RFC 8259).
  ///
  /// Throws `JSONError`; lists and objects may nest 64 deep.
  public init(json: Data, maxDepth: Int = 64) throws(JSONError) {
    self = try JSONReader.read([UInt8](json), maxDepth: maxDepth)
  }

  /// The value as JSON, fields in their order, without spaces.
  public func jsonData() -> Data {
    var writer = JSONWriter()
    writer.write(self)
    return Data(writer.bytes)
  }

  /// The value as JSON text.
  public var jsonText: String {
    var writer = JSONWriter()
    writer.write(self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
