import type { EventFieldsFragment, InvitationFieldsFragment } from '../graphql/generated';
import type { MeetingCreatedResult } from './types/CalendarComposerTypes';

/** What a mail needs of a meeting. */
export function meetingCreated(event: EventFieldsFragment & InvitationFieldsFragment): MeetingCreatedResult {
  const { emailAttachment: file, ...calendarEvent } = event;
  const hasLink = event.conferenceStatus === 'SUCCESS' && event.conferenceLink;
  const isWaitedFor = event.pushStatus === 'PENDING' || event.conferenceStatus === 'PENDING';
  return {
    calendarEvent,
    ...(hasLink ? { conferenceLink: hasLink } : {}),
    icsFileContent: file ? textOf(file.contentBase64) : '',
    icsFileName: file?.name ?? 'invite.ics',
    icsFileType: file?.type ?? 'text/calendar',
    isComplete: !isWaitedFor,
  };
}

function textOf(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}
