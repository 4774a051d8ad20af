import { eventsChanged } from '../calendar/eventsRevision';
import { RequestFailure, request } from '../graphql/client';
import { DeleteCalendarEventDocument, InvitationDocument } from '../graphql/generated';
import { meetingCreated } from './meetingCreated';
import { composerMessages } from './messages';
import type { MeetingCreatedResult } from './types/CalendarComposerTypes';

/** A meeting as it is now, for a mail that waits for its calendar or its video link; throws `RequestFailure`. */
export async function fetchInvitation(eventId: string): Promise<MeetingCreatedResult> {
  const { getCalendarEventById: event } = await request(InvitationDocument, { eventId });
  if (!event) throw new RequestFailure('refused', composerMessages.meetingGone);
  return meetingCreated(event);
}

/** Cancels a meeting that a mail was to invite to; throws `RequestFailure`. */
export async function cancelMeeting(eventId: string): Promise<void> {
  const variables = { eventId, scope: null, undoWindow: null };
  const { deleteCalendarEvent: result } = await request(DeleteCalendarEventDocument, variables);
  if (!result.success) {
    throw new RequestFailure('refused', result.error ?? composerMessages.meetingNotCanceled);
  }
  eventsChanged();
}
