/// Takes what the reader finds, in its order.
protocol ComponentSink {
  /// A VCALENDAR begins; its properties and components follow.
  mutating func beginCalendar()
  /// A property of the VCALENDAR.
  mutating func property(_ line: ContentLine)
  /// A component of the VCALENDAR, or one outside of any.
  mutating func component(_ component: Component)
  /// The VCALENDAR ends.
  mutating func endCalendar()
}

/// Gathers whole trees.
struct ComponentTree: ComponentSink {
  private(set) var roots: [Component] = []
  private var isInCalendar = false
  private var properties: [ContentLine] = []
  private var components: [Component] = []

  mutating func beginCalendar() { isInCalendar = true }

  mutating func property(_ line: ContentLine) { properties.append(line) }

  mutating func component(_ component: Component) {
    if isInCalendar { components.append(component) } else { roots.append(component) }
  }

  mutating func endCalendar() {
    roots.append(Component(read: "VCALENDAR", lines: ComponentLines(properties), components: components))
    properties = []
    components = []
    isInCalendar = false
  }
}
