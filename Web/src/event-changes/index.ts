/** Changing events that are there: at once on screen, asked about where needed, taken back when refused. */
export { EventQuestionDialog } from './EventQuestionDialog';
export { VersionChoiceDialog } from './VersionChoiceDialog';
export { recurrenceWords } from './comparison';
export { askAbout, scopesOf } from './eventQuestion';
export { seriesId } from './optimistic';
export { dropTakenBefore, pendingMoment, usePendingEvent, usePendingEvents } from './pendingChanges';
export { removeEvent } from './removeEvent';
export { resolveConflict } from './resolveConflict';
export { saveChange } from './saveChange';
export type { EventChange, SaveOutcome } from './saveChange';
