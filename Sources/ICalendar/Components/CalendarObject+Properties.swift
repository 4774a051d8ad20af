public import Foundation

/// The properties of a calendar in RFC 7986; see `PropertyHolder` for its color, images and categories.
extension CalendarObject: PropertyHolder {
  /// The properties that have no place of their own; see `otherProperties`.
  public var propertyLines: [ContentLine] {
    get { otherProperties }
    set { otherProperties = newValue }
  }

  /// The calendar's name (NAME, RFC 7986 §5.1); read from X-WR-CALNAME where only that is given.
  public var name: String? {
    get { text(.name) ?? text(.xWRCalname) }
    set { setText(.name, newValue) }
  }

  /// The calendar's description (DESCRIPTION, RFC 7986 §5.2).
  public var description: String? {
    get { text(.description) }
    set { setText(.description, newValue) }
  }

  /// The identifier that stays the same (UID, RFC 7986 §5.3).
  public var uid: String? {
    get { text(.uid) }
    set { setText(.uid, newValue) }
  }

  /// When the calendar was last changed (LAST-MODIFIED, RFC 7986 §5.4).
  public var lastModified: Date? {
    get { line(.lastModified)?.instant }
    set { setTime(.lastModified, newValue.map { CalendarTime(utc: $0) }) }
  }

  /// A page about the calendar (URL, RFC 7986 §5.5).
  public var url: String? {
    get { uri(.url) }
    set { setURI(.url, newValue) }
  }

  /// How often to look for a newer version (REFRESH-INTERVAL, RFC 7986 §5.7).
  public var refreshInterval: CalendarDuration? {
    get { duration(.refreshInterval) }
    // It has no type of its own: it must say.
    set { setDuration(.refreshInterval, newValue, [.init("VALUE", "DURATION")]) }
  }

  /// Where to look for a newer version (SOURCE, RFC 7986 §5.8).
  public var source: String? {
    get { uri(.source) }
    set { setValue(.source, newValue, as: .uri, [.init("VALUE", "URI")]) }
  }
}
