/** What other modules may use of the composer. */
export { CalendarEventCreateModal } from './components/CalendarEventCreateModal';
export { CalendarEventEditModal } from './components/CalendarEventEditModal';
export { MeetingInviteButton } from './components/MeetingInviteButton';
export { NewEventButton } from './components/NewEventButton';
export { editEvent } from './editEvent';
export { cancelMeeting, fetchInvitation } from './invitedByMail';
export { useAvailableConferenceProviders } from './hooks/useAvailableConferenceProviders';
export { useCalendarComposer } from './hooks/useCalendarComposer';
export type {
  CalendarComposerOptions,
  CreateMeetingFromEmailOptions,
  LinkedRecord,
  MeetingCreatedResult,
} from './types/CalendarComposerTypes';
