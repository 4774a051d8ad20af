import { AddressInput } from '../../address-input';
import { eventMessages } from '../../calendar/messages';
import { composerFieldMessages } from '../messages';
import { editDraft } from '../states/calendarComposerState';
import type { CalendarEventDraft } from '../types/CalendarComposerTypes';

export function CalendarAttendeeInput({ draft, error }: { draft: CalendarEventDraft; error?: string }) {
  return (
    <AddressInput
      label={eventMessages.attendees}
      entries={draft.attendees}
      text={draft.attendeeText}
      error={error}
      hint={composerFieldMessages.attendeesHint}
      onText={(attendeeText) => editDraft((current) => ({ ...current, attendeeText }))}
      onEntries={(change, attendeeText) =>
        editDraft(
          (current) => ({
            ...current,
            attendees: change(current.attendees),
            attendeeText: attendeeText ?? current.attendeeText,
          }),
          'attendees',
        )
      }
    />
  );
}
