/** What other modules may use of the composer. */
export { CalendarEventCreateModal } from './components/CalendarEventCreateModal';
export { NewEventButton } from './components/NewEventButton';
export { useAvailableConferenceProviders } from './hooks/useAvailableConferenceProviders';
export { useCalendarComposer } from './hooks/useCalendarComposer';
export type {
  CalendarComposerOptions,
  CreateMeetingFromEmailOptions,
  LinkedRecord,
  MeetingCreatedResult,
} from './types/CalendarComposerTypes';
