/** What this app reads of an event, the same everywhere, so that any answer can be shown anywhere. */
export const eventFields = `fragment EventFields on CalendarEvent {
  id title description location startsAt endsAt isFullDay timeZone isCanceled recurrence
  conferenceProviderId conferenceStatus conferenceLink createdFromCrm crmCreatorId connectedAccountId
  pushStatus pushError providerUrl icsFileUrl isRedacted
  participants {
    handle displayName isOrganizer responseStatus
    person { id firstName lastName emails }
    workspaceMember { id displayName }
  }
  linkedPeople { id firstName lastName emails }
  linkedCompany { id name }
  linkedOpportunity { id name }
}`;

export const eventResultFields = `fragment EventResultFields on CalendarEventResult {
  success conferenceLink icsFileUrl icsFileName icsFileContent error errorCode errorField
  calendarEvent { ...EventFields }
}
${eventFields}`;
