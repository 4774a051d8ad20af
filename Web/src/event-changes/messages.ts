/** Saving and deleting events, and two versions of one. How texts are kept: `ui/messages.ts`. */
export const questionMessages = {
  which: 'Which meetings',
  scopes: {
    THIS: 'Only this meeting',
    THIS_AND_FOLLOWING: 'This and following meetings',
    ALL: 'All meetings',
  },
};

export const deletionMessages = {
  askWhich: 'Delete which meetings?',
  askAll: 'Delete all meetings?',
  askOne: 'Delete this meeting?',
  delete: 'Delete',
  everyMeeting: 'Every meeting of this series will be deleted.',
  guestsTold: (guests: number) => (guests === 1 ? '1 guest will be told.' : `${guests} guests will be told.`),
  deletedOne: 'Meeting deleted',
  deletedMany: 'Meetings deleted',
  notDeleted: 'Couldn’t delete the event.',
  restored: 'The meeting was restored.',
  notRestored: 'Couldn’t restore the event.',
};

export const saveMessages = {
  notChanged: 'Couldn’t change the event.',
  gone: 'This event no longer exists.',
};

export const comparisonMessages = {
  guests: 'Attendees',
  withLink: 'With a link',
  changedOnBothSides: 'Changed on both sides',
  otherChangesAreKept: 'Changes made on only one side are kept either way.',
  keepMine: 'Keep mine',
};

/** Someone else saved first. */
export const staleMessages = {
  title: 'This event has changed',
  question: 'Someone else changed this event while you were editing it. Which version do you want to keep?',
  mine: 'Yours',
  theirs: 'Current version',
  discardMine: 'Discard my changes',
};

/** The event was changed here and at its provider. */
export const conflictMessages = {
  title: 'Two versions of this event',
  question: (calendar: string) => `It was changed here and in ${calendar}. Choose which version to keep.`,
  mine: 'Here',
  theirs: (calendar: string) => `In ${calendar}`,
  keepTheirs: 'Keep the calendar’s',
  keptMine: 'Your version was kept.',
  keptTheirs: 'The calendar’s version was kept.',
  alreadyResolved: 'This conflict has already been resolved.',
  notResolved: 'Couldn’t resolve the conflict.',
};
