import Foundation
import JSONModel
import Synchronization

/// One call on one mailbox.
struct MailboxCall {
  let emulator: MicrosoftEmulator
  let request: EmulatorRequest
  let body: JSON
  let mailbox: Mailbox
  let behaviour: OnlineMeetingBehaviour
  let preferences: Preferences

  typealias Outcome = (response: EmulatorResponse, changed: Mailbox?)

  func perform(_ target: MicrosoftOperation.Target) throws(MicrosoftError) -> Outcome {
    let isEditable = try MailboxResource.isEditable(target.calendarID, of: mailbox.account)
    if !isEditable {
      // The birthday calendar is empty and read-only.
      if target.operation.writes { throw .accessDenied }
      if target.operation != .getCalendar, target.eventID == nil { return (reply(["value": []]), nil) }
    }
    let id = target.eventID ?? ""
    switch target.operation {
    case .createEvent: return try create()
    case .updateEvent: return try update(id)
    case .deleteEvent: return try remove(id)
    case .cancelEvent: return try cancel(id)
    case .acceptEvent: return try respond(id, .accepted)
    case .tentativelyAcceptEvent: return try respond(id, .tentativelyAccepted)
    case .declineEvent: return try respond(id, .declined)
    case .getEvent:
      try checkParameters(["$select", "$expand"])
      return (try show(try mailbox.meeting(id)), nil)
    case .listEvents: return (try list(), nil)
    case .listInstances: return (try instances(of: id), nil)
    case .listView: return (try view(), nil)
    case .viewDelta: return try delta()
    case .getCalendar:
      return (reply(MailboxResource.calendar(mailbox.account, isEditable: isEditable)), nil)
    case .listCalendars: return (reply(["value": .array(MailboxResource.all(mailbox.account))]), nil)
    case .getMe, .getMailboxSettings, .sendMail, .authorize, .token, .notEmulated, .unknown,
      .createSubscription,
      .listSubscriptions, .getSubscription, .renewSubscription, .deleteSubscription:
      throw .notFound
    }
  }

  func resource() throws(MicrosoftError) -> MeetingResource {
    MeetingResource(
      mailbox: mailbox,
      preferences: preferences,
      selected: parameter("$select").map { text in
        Set(text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
      },
      expanded: try ExtendedProperties.asked(parameter("$expand"))
    )
  }

  /// The event as it now is.
  func show(
    _ meeting: StoredMeeting,
    in changed: Mailbox? = nil,
    status: Int = 200
  ) throws(MicrosoftError) -> EmulatorResponse {
    var resource = try resource()
    if let changed { resource.mailbox = changed }
    var json = resource.json(meeting)
    json["@odata.context"] = .string(context("users('me')/events/$entity"))
    return reply(json, status: status, headers: ["ETag": meeting.etag])
  }

  func reply(_ json: JSON, status: Int = 200, headers: [String: String] = [:]) -> EmulatorResponse {
    .json(json, status: status, headers: headers.merging(preferences.applied) { $1 })
  }

  func context(_ fragment: String) -> String { "\(home)/v1.0/$metadata#\(fragment)" }

  /// The address of this request with another query.
  func link(_ items: [String]) -> String {
    let path = request.path.map { segment in
      segment.addingPercentEncoding(
        withAllowedCharacters: .alphanumerics.union(.init(charactersIn: "-._~()"))
      )
        ?? segment
    }
    return "\(home)/\(path.joined(separator: "/"))?\(items.joined(separator: "&"))"
  }

  private var home: String { emulator.home.withLock(\.self) ?? "https://graph.microsoft.com" }

  /// The value of a query option; option names are case-insensitive.
  func parameter(_ name: String) -> String? {
    request.query.last { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// Refuses system query options that a call does not support, and those that are not emulated.
  func checkParameters(_ known: Set<String>) throws(MicrosoftError) {
    for item in request.query where item.name.hasPrefix("$") {
      guard known.contains(item.name.lowercased()) else { throw .notEmulated("\(item.name) here") }
    }
  }

  /// The span of time of a calendar view.
  func window() throws(MicrosoftError) -> Range<Date> {
    guard let start = parameter("startDateTime"), let end = parameter("endDateTime") else {
      throw .invalidParameter(
        """
        This request requires a time window specified by the query string parameters StartDateTime and \
        EndDateTime.
        """
      )
    }
    guard let first = MeetingTime.instant(start), let last = MeetingTime.instant(end) else {
      throw .invalidParameter("The value of StartDateTime or EndDateTime is not a date and time.")
    }
    guard first <= last else { throw .invalidParameter("The specified time window is invalid.") }
    guard last.timeIntervalSince(first) <= 1825 * 86_400 else {
      throw .invalidParameter(
        """
        The requested range is greater than the allowed range. Maximum number of days: 1825.
        """
      )
    }
    return first..<last
  }
}
