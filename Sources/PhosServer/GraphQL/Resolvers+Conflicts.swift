import CalendarCore
import CalendarService
import GraphQLEngine
import ICalendar

extension Resolvers {
  static func addConflicts(to table: inout ResolverTable<CallerContext>) {
    table.type("CalendarEventConflict", of: ConflictView.self) { type in
      type.field("fields") { $0.conflict.fields.map(\.rawValue) }
      type.field("mine") { $0.mine }
      type.field("theirs") { $0.theirs }
      type.field("detectedAt") { $0.conflict.detectedAt.rfc3339 }
    }
    table.type("CalendarEventVersion", of: EventVersionView.self) { type in
      type.field("title") { $0.version.content.title }
      type.field("description") { $0.version.content.details }
      type.field("location") { $0.version.content.location }
      type.field("startsAt") { $0.version.content.timing.startText }
      type.field("endsAt") { $0.version.content.timing.endText }
      type.field("isFullDay") { $0.version.content.timing.isAllDay }
      type.field("timeZone") { $0.version.content.timing.zoneIdentifier }
      type.field("recurrence") { $0.version.content.recurrence }
      type.field("attendees") { view in
        view.version.content.attendees.map { ParticipantView(participant: $0, page: view.page) }
      }
      type.field("conferenceProviderId") { $0.version.conference.providerID.rawValue }
      type.field("conferenceLink") { view in
        view.version.conference.status == .success ? view.version.conference.link : nil
      }
    }
  }
}
