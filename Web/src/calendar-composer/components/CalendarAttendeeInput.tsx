import { AddressInput } from '../../address-input';
import { editDraft } from '../states/calendarComposerState';
import type { CalendarEventDraft } from '../types/CalendarComposerTypes';

export function CalendarAttendeeInput({ draft, error }: { draft: CalendarEventDraft; error?: string }) {
  return (
    <AddressInput
      label="Attendees"
      entries={draft.attendees}
      text={draft.attendeeText}
      error={error}
      hint="A name or an address, then Enter; or paste several."
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
