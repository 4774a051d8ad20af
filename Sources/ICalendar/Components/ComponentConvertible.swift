/// Something that can be written as a component.
///
/// The library's own components are, and a caller's own types may be: `CalendarObject.append` takes any.
public protocol ComponentConvertible: Sendable {
  /// The component that is written.
  var component: Component { get }
}

extension Component: ComponentConvertible {
  /// The component itself.
  public var component: Component { self }
}

extension EventComponent: ComponentConvertible {}

/// A component that is kept as it was read, with typed access to its properties.
public protocol CalendarComponent: ComponentConvertible, PropertyHolder, Hashable {
  /// The component's name, such as "VTODO".
  static var name: String { get }
  /// The components within it.
  var parts: [Component] { get set }

  /// Makes a component of what was read.
  ///
  /// - Throws: `ICalendarError.unexpectedComponent` when it has another name.
  init(component: Component) throws(ICalendarError)
}

extension [Component] {
  /// The components of one kind, of which those that cannot be read are left out.
  func parts<Part: CalendarComponent>(of type: Part.Type = Part.self) -> [Part] {
    compactMap { try? Part(component: $0) }
  }

  /// Replaces the components of one kind; the others come first.
  mutating func replaceParts<Part: CalendarComponent>(with parts: [Part]) {
    self = filter { $0.name != Part.name } + parts.map(\.component)
  }
}

/// The lines and parts of a component, in the order of writing.
struct ComponentContent: Sendable, Hashable {
  var lines: [ContentLine]
  var parts: [Component]

  init() {
    lines = []
    parts = []
  }

  init(_ component: Component, _ name: String) throws(ICalendarError) {
    guard component.name == name else { throw .unexpectedComponent(component.name) }
    lines = component.properties
    parts = component.components
  }

  func component(_ name: String) -> Component {
    Component(read: name, lines: ComponentLines(lines), components: parts)
  }
}
