/// The bodies of our PROPFIND requests.
enum Propfind {
  /// Everything that any step of the discovery needs.
  static let discovery = Array(
    """
    <?xml version="1.0" encoding="utf-8"?>
    <D:propfind xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop>\
    <D:resourcetype/><D:displayname/><D:current-user-principal/><D:current-user-privilege-set/>\
    <C:calendar-home-set/><C:calendar-user-address-set/><C:supported-calendar-component-set/>\
    </D:prop></D:propfind>
    """.utf8
  )

  /// The version of each resource of a calendar.
  static let versions = Array(
    """
    <?xml version="1.0" encoding="utf-8"?>
    <D:propfind xmlns:D="DAV:"><D:prop><D:getetag/></D:prop></D:propfind>
    """.utf8
  )
}
