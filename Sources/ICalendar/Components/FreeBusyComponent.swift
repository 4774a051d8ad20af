public import Foundation

/// The busy times of a person: a VFREEBUSY (RFC 5545 §3.6.4).
public struct FreeBusyComponent: DatedComponent {
  /// "VFREEBUSY".
  public static let name = "VFREEBUSY"

  private var content: ComponentContent

  /// Makes a request for, or a list of, busy times.
  public init(uid: String, dtstamp: Date) {
    content = ComponentContent()
    self.uid = uid
    self.dtstamp = dtstamp
  }

  /// Takes a VFREEBUSY as it was read.
  ///
  /// - Throws: `ICalendarError.unexpectedComponent` when it has another name.
  public init(component: Component) throws(ICalendarError) {
    content = try ComponentContent(component, Self.name)
  }

  /// The VFREEBUSY.
  public var component: Component { content.component(Self.name) }
  /// The lines, in the order in which they are written.
  public var propertyLines: [ContentLine] {
    get { content.lines }
    set { content.lines = newValue }
  }
  /// The components within it.
  public var parts: [Component] {
    get { content.parts }
    set { content.parts = newValue }
  }

  /// A time interval and its kind (RFC 5545 §3.8.2.6).
  public struct Interval: Sendable, Hashable {
    /// From when to when, in UTC.
    public var period: CalendarPeriod
    /// The kind in upper case: "FREE", "BUSY", "BUSY-UNAVAILABLE" or "BUSY-TENTATIVE" (RFC 5545 §3.2.9).
    public var kind: String

    /// Makes an interval, busy when nothing else is said.
    public init(_ period: CalendarPeriod, kind: String = "BUSY") {
      self.period = period
      self.kind = kind
    }
  }

  /// When the time that is asked about ends.
  public var end: CalendarTime? {
    get { time(.dtend) }
    set { setTime(.dtend, newValue) }
  }

  /// The busy and free times (FREEBUSY); those that cannot be read are not among them.
  public var intervals: [Interval] {
    get {
      lines(.freebusy).flatMap { line in
        let kind = line.parameter("FBTYPE")?.uppercased() ?? "BUSY"
        return line.value.split(separator: ",").compactMap { text in
          CalendarPeriod(String(text)).map { Interval($0, kind: kind) }
        }
      }
    }
    set {
      replace(
        .freebusy,
        with: newValue.map { interval in
          let parameters = interval.kind == "BUSY" ? [] : [ContentLine.Parameter("FBTYPE", interval.kind)]
          return ContentLine("FREEBUSY", parameters: parameters, value: interval.period.basic)
        }
      )
    }
  }
}
