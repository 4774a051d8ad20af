package import Foundation
package import ICalendar

/// The fields of an event that both sides can change, and that are merged one by one.
package struct EventContent: Sendable, Hashable {
  package var title: String
  package var details: String?
  package var location: String?
  package var timing: EventTiming
  /// RRULE, RDATE and EXDATE lines; empty for what happens once.
  package var recurrence: [String]
  /// Without the organizer, in no order that means anything.
  package var attendees: [CalendarEventParticipant]

  package init(
    title: String,
    details: String? = nil,
    location: String? = nil,
    timing: EventTiming,
    recurrence: [String] = [],
    attendees: [CalendarEventParticipant] = []
  ) {
    self.title = title
    self.details = details
    self.location = location
    self.timing = timing
    self.recurrence = recurrence
    self.attendees = attendees
  }
}

/// A part of an event that is changed and merged by itself; the contract's `CalendarEventField`.
package enum EventField: String, Sendable, CaseIterable {
  case title = "TITLE"
  case details = "DESCRIPTION"
  case location = "LOCATION"
  case timing = "TIME"
  case recurrence = "RECURRENCE"
  case attendees = "ATTENDEES"
  case conference = "CONFERENCE"
}

/// Everything that is merged: the content, and the conference as one field of it.
package struct EventVersion: Sendable, Hashable {
  package var content: EventContent
  package var conference: EventConference

  package init(_ content: EventContent, _ conference: EventConference) {
    self.content = content
    self.conference = conference
  }
}

/// Both sides changed the same, and a person must choose.
package struct EventConflict: Sendable, Hashable {
  /// The provider's value.
  package var theirs: EventVersion
  package var fields: [EventField]
  package var detectedAt: Date

  package init(theirs: EventVersion, fields: [EventField], detectedAt: Date) {
    self.theirs = theirs
    self.fields = fields
    self.detectedAt = detectedAt
  }
}

/// Which occurrences of a recurring event a change is for.
package enum RecurrenceScope: String, Sendable, CaseIterable {
  case this = "THIS"
  case thisAndFollowing = "THIS_AND_FOLLOWING"
  case all = "ALL"
}

/// A deletion that can still be taken back: what it is for is hidden, and nothing else was done.
package struct PendingDeletion: Sendable, Hashable {
  package var scope: RecurrenceScope
  /// Of which occurrence; nil for the whole event.
  package var originalStart: OriginalStart?
  /// When it is carried out.
  package var dueAt: Date

  package init(scope: RecurrenceScope, originalStart: OriginalStart?, dueAt: Date) {
    self.scope = scope
    self.originalStart = originalStart
    self.dueAt = dueAt
  }
}

extension CalendarEvent {
  package var content: EventContent {
    get {
      EventContent(
        title: title,
        details: details,
        location: location,
        timing: timing,
        recurrence: recurrence,
        attendees: attendees
      )
    }
    set {
      title = newValue.title
      details = newValue.details
      location = newValue.location
      timing = newValue.timing
      recurrence = newValue.recurrence
      attendees = newValue.attendees
    }
  }

  /// Everyone but the organizer.
  package var attendees: [CalendarEventParticipant] {
    get { participants.filter { !$0.isOrganizer } }
    set { participants = participants.filter(\.isOrganizer) + newValue.filter { !$0.isOrganizer } }
  }

  package var editable: EventVersion {
    get { EventVersion(content, conference) }
    set {
      content = newValue.content
      conference = newValue.conference
    }
  }
}
