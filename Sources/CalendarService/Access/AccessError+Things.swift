/// Things that are not there, as each feature tells its callers.
///
/// A text that is the id of nothing is answered in the same way as the id of something that does not exist.
extension AccessError {
  package static let missingAccount = notFound(what: Messages.Things.account, field: "connectedAccountId")
  package static let missingCalendar = notFound(what: Messages.Things.calendar, field: "id")
  package static let missingCalendarAccount = notFound(
    what: Messages.Things.calendarAccount,
    field: "connectedAccountId"
  )
  package static let missingEmail = notFound(what: Messages.Things.email, field: "id")
  package static let missingFailedDelivery = notFound(what: Messages.Things.failedDelivery, field: nil)
  package static let missingMailedMeeting = notFound(what: Messages.Things.meeting, field: "calendarEventId")
  package static let missingLinkedPerson = notFound(
    what: Messages.Things.linkedPerson,
    field: "linkedPersonIds"
  )
  package static let missingLinkedCompany = notFound(
    what: Messages.Things.linkedCompany,
    field: "linkedCompanyId"
  )
  package static let missingLinkedOpportunity = notFound(
    what: Messages.Things.linkedOpportunity,
    field: "linkedOpportunityId"
  )

  /// An event that is named by an argument, which is to blame, or by the whole request.
  package static func missingEvent(_ field: String?) -> Self {
    notFound(what: Messages.Things.event, field: field)
  }

  /// A record that another record points to.
  package static func missingRecord(_ field: String) -> Self {
    notFound(what: Messages.Things.linkedRecord, field: field)
  }
}
