/** The form that makes and edits events. How texts are kept: `ui/messages.ts`. */
import { commonMessages } from '../ui/messages';

/** What the form says differently when it makes an event and when it edits one. */
export const createMessages = {
  title: 'New Calendar Event',
  submit: 'Create Event',
  busy: 'Creating…',
  leave: commonMessages.discard,
  askDiscard: 'Discard this event?',
  mayHaveArrived: 'Nothing you entered is lost, and trying again never creates a second event.',
  notify: 'Send invitations',
  notifyDetail: 'Guests get an email about this event.',
};

export const editMessages = {
  title: 'Edit Calendar Event',
  submit: commonMessages.save,
  busy: commonMessages.saving,
  leave: commonMessages.cancel,
  askDiscard: 'Discard your changes?',
  mayHaveArrived: 'Nothing you entered is lost. Your changes may have been saved; saving again does no harm.',
  notify: 'Notify guests about this change',
  notifyDetail: 'Guests get an email about what changed.',
};

export const composerMessages = {
  newEvent: 'New Event',
  addInvitation: 'Add Meeting Invite',
  changesWillBeLost: 'Your changes will be lost.',
  keepEditing: 'Keep editing',
  editAgain: 'Edit again',
  noCalendar: 'You have no calendar yet.',
  connectCalendar: 'Connect one in the settings.',
  repeats: 'This event repeats. You are changing all of its meetings.',
  askWhichToChange: 'Change which meetings?',
  notCreated: 'Couldn’t create the event.',
  meetingGone: 'This meeting no longer exists.',
  meetingNotCanceled: 'Couldn’t cancel the meeting.',
};

export const composerFieldMessages = {
  titlePlaceholder: 'What is it about?',
  titleMissing: 'Give the event a title.',
  locationPlaceholder: 'A room or an address',
  attendeesHint: 'A name or an address, then Enter; or paste several.',
  attendeesMarked: (guests: number) => `${guests} guests are marked: correct their addresses.`,
  unlink: (record: string) => `Unlink ${record}`,
  cannotInvite: 'This calendar can’t send invitations. Share the .ics file instead.',
  keepConference: 'Keep current',
  meetingLink: 'Meeting link',
  meetingLinkPlaceholder: 'https://',
  meetingLinkMissing: 'Enter the meeting link; it must begin with https://.',
};

export const accountFieldMessages = {
  label: 'Calendar',
  itsCalendar: 'Its calendar',
  choose: 'Choose a calendar',
  missing: 'Choose a calendar for this event.',
  cannotMove: 'An event can’t be moved to another calendar.',
  sameAsEmail: 'The meeting is added to the account that sends your email.',
  account: ({ name, handle, isBroken }: { name: string; handle: string; isBroken: boolean }) =>
    isBroken ? `${name} · ${handle} (reconnect)` : `${name} · ${handle}`,
  broken: ({ handle, reason }: { handle: string; reason: string | null }) =>
    `${handle}: ${reason ?? 'needs to be reconnected.'}`,
};

export const dateTimeMessages = {
  legend: 'Date & time',
  startDate: 'Start date',
  startTime: 'Start time',
  to: 'to',
  endDate: 'End date',
  endTime: 'End time',
  startIncomplete: 'Enter a complete start.',
  endIncomplete: 'Enter a complete end.',
  lastDayBeforeFirst: 'The last day can’t be before the first.',
  endNotAfterStart: 'The end must be after the start.',
  skippedHour: ({ asked, used }: { asked: string; used: string }) =>
    `Clocks go forward that day: ${asked} doesn’t exist, so ${used} is used.`,
  repeatedHour: (asked: string) => `Clocks go back that day: ${asked} happens twice, so the first is used.`,
  timeZone: 'Time zone',
  timeZones: 'Time zones',
  timeZonePlaceholder: 'Search for a city or an offset',
  noTimeZone: 'No time zone has this name.',
};

export const recurrenceFieldMessages = {
  custom: 'Custom…',
  foreign: 'Custom rule from another app',
  unknown: (problem: string) => `Its recurrence couldn’t be loaded and stays as it is. ${problem}`,
  startMoved: ({ from, to }: { from: string; to: string }) =>
    `The start moved from ${from} to ${to}, the first day that fits.`,
  monthsSkipped: 'Months without this day are skipped.',
  yearsSkipped: 'Years without this day are skipped.',
  every: 'Every',
  interval: 'Interval',
  unit: 'Unit',
  units: {
    DAILY: (interval: number) => (interval === 1 ? 'day' : 'days'),
    WEEKLY: (interval: number) => (interval === 1 ? 'week' : 'weeks'),
    MONTHLY: (interval: number) => (interval === 1 ? 'month' : 'months'),
    YEARLY: (interval: number) => (interval === 1 ? 'year' : 'years'),
  },
  weekdays: 'On these days',
  dayOfMonth: 'Day of the month',
  end: 'Ends',
  endsNever: 'Never ends',
  endsOn: 'Ends on a date',
  endsAfter: 'Ends after',
  lastDay: 'Last day',
  count: 'Number of occurrences',
  occurrences: (count: number) => (count === 1 ? 'occurrence' : 'occurrences'),
  intervalOutOfRange: (most: number) => `Enter a number from 1 to ${most} for the interval.`,
  countOutOfRange: (most: number) => `Enter a number from 1 to ${most} of occurrences.`,
  weekdayMissing: 'Choose at least one weekday.',
  lastDayMissing: 'Enter the last day.',
  lastDayBeforeStart: 'The last day can’t be before the start.',
};
