/// A component with its properties and the components within it (RFC 5545 §3.6), whatever they are.
public struct Component: Sendable, Hashable {
  /// The name in upper case, such as "VEVENT".
  public let name: String
  /// The properties in their order.
  public var properties: [ContentLine]
  /// The components within this one, in their order.
  public var components: [Component]

  /// Makes a component; characters that a name cannot have are left out.
  public init(_ name: String, properties: [ContentLine] = [], components: [Component] = []) {
    self.name = String(decoding: name.utf8.filter(\.isInName), as: UTF8.self).uppercased()
    self.properties = properties
    self.components = components
  }

  /// The first property of a name, given in upper case.
  public func property(_ name: String) -> ContentLine? {
    properties.first { $0.isNamed(name) }
  }

  /// The properties of a name, given in upper case.
  public func properties(_ name: String) -> [ContentLine] {
    properties.filter { $0.isNamed(name) }
  }

  /// The component as octets, lines folded and ended by CRLF.
  public func serialized() -> [UInt8] {
    var writer = ContentLineWriter()
    writer.write(self)
    return writer.bytes
  }

  /// Reads the outermost components of the data.
  ///
  /// Lines that are none are dropped, and components that are not ended end with the one around them.
  ///
  /// - Throws: `ICalendarError.exceeds` when the data passes a limit.
  public static func parse(
    _ bytes: some Collection<UInt8>,
    limits: ReadingLimits = .default
  ) throws(ICalendarError) -> [Component] {
    guard bytes.count <= limits.bytes else { throw .exceeds(.bytes) }
    var reader = try LineReader(Array(bytes), limits: limits)
    var roots: [Component] = []
    var open: [Component] = []
    func close() {
      guard let component = open.popLast() else { return }
      if open.isEmpty { roots.append(component) } else { open[open.count - 1].components.append(component) }
    }
    while let bytes = try reader.next() {
      guard let line = try ContentLine.read(bytes, limits: limits) else { continue }
      if line.isNamed("BEGIN") {
        guard open.count < limits.depth else { throw .exceeds(.depth) }
        open.append(Component(line.value))
      } else if line.isNamed("END") {
        let name = Component(line.value).name
        guard let index = open.lastIndex(where: { $0.name == name }) else { continue }
        while open.count > index { close() }
      } else if !open.isEmpty {
        open[open.count - 1].properties.append(line)
      }
    }
    while !open.isEmpty { close() }
    return roots
  }
}
