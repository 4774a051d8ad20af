/// The bodies of our PROPFIND requests: each asks for everything that its step of the discovery needs.
enum Propfind {
  static let body = Array(
    """
    <?xml version="1.0" encoding="utf-8"?>
    <D:propfind xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop>\
    <D:resourcetype/><D:displayname/><D:current-user-principal/><D:current-user-privilege-set/>\
    <C:calendar-home-set/><C:calendar-user-address-set/><C:supported-calendar-component-set/>\
    </D:prop></D:propfind>
    """.utf8
  )
}
