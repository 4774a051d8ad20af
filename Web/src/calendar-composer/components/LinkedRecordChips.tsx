import { eventMessages } from '../../calendar/messages';
import { Icon } from '../../ui/Icon';
import type { IconName } from '../../ui/Icon';
import { composerFieldMessages } from '../messages';
import { editDraft } from '../states/calendarComposerState';
import type { CalendarEventDraft, LinkedRecord } from '../types/CalendarComposerTypes';

/** The records on whose timeline the event will stand. */
export function LinkedRecordChips({ draft }: { draft: CalendarEventDraft }) {
  const { linkedPeople, linkedCompany, linkedOpportunity } = draft;
  if (linkedPeople.length === 0 && !linkedCompany && !linkedOpportunity) return null;
  const without = (id: string) =>
    editDraft((current) => ({
      ...current,
      linkedPeople: current.linkedPeople.filter((person) => person.id !== id),
    }));
  return (
    <div className="field">
      <span className="field-label">{eventMessages.linkedRecords}</span>
      <div className="chips">
        {linkedPeople.map((person) => (
          <RecordChip key={person.id} icon="person" record={person} onRemove={() => without(person.id)} />
        ))}
        {linkedCompany && (
          <RecordChip
            icon="company"
            record={linkedCompany}
            onRemove={() => editDraft((current) => ({ ...current, linkedCompany: undefined }))}
          />
        )}
        {linkedOpportunity && (
          <RecordChip
            icon="opportunity"
            record={linkedOpportunity}
            onRemove={() => editDraft((current) => ({ ...current, linkedOpportunity: undefined }))}
          />
        )}
      </div>
    </div>
  );
}

function RecordChip({
  icon,
  record,
  onRemove,
}: {
  icon: IconName;
  record: LinkedRecord;
  onRemove: () => void;
}) {
  return (
    <span className="chip chip-record">
      <Icon name={icon} size={14} />
      <span className="chip-text">{record.name}</span>
      <button type="button" aria-label={composerFieldMessages.unlink(record.name)} onClick={onRemove}>
        <Icon name="close" size={13} />
      </button>
    </span>
  );
}
