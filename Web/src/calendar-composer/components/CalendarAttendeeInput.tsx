import { useRef } from 'react';
import type { ClipboardEvent, KeyboardEvent } from 'react';
import { SuggestedAttendeesDocument } from '../../graphql/generated';
import { useQuery } from '../../graphql/useQuery';
import { personName } from '../../graphql/types';
import { Combobox } from '../../ui/Combobox';
import type { ComboboxOption } from '../../ui/Combobox';
import { Field } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { useDebounced } from '../../ui/useDebounced';
import { addAttendees, parseAttendees } from '../attendees';
import { commitAttendeeText } from '../draft';
import { editDraft } from '../states/calendarComposerState';
import type { CalendarEventDraft } from '../types/CalendarComposerTypes';

export function CalendarAttendeeInput({ draft, error }: { draft: CalendarEventDraft; error?: string }) {
  const { attendees, attendeeText } = draft;
  const chips = useRef<HTMLDivElement>(null);
  const search = useDebounced(attendeeText.trim());
  const answer = useQuery(SuggestedAttendeesDocument, search ? { search } : null);
  const people = attendeeText.trim() ? (answer.data?.people.edges ?? []) : [];
  const taken = new Set(attendees.map(({ email }) => email.toLowerCase()));
  const options = people.flatMap(({ node }) =>
    node.emails
      .filter((email) => !taken.has(email.toLowerCase()))
      .map((email) => ({ id: `${node.id} ${email}`, label: personName(node), detail: email })),
  );

  const remove = (email: string) =>
    editDraft(
      (current) => ({ ...current, attendees: current.attendees.filter((entry) => entry.email !== email) }),
      'attendees',
    );
  const focusInput = () => chips.current?.querySelector('input')?.focus();

  const pick = (option: ComboboxOption) => {
    const email = option.detail ?? '';
    const displayName = option.label === email ? undefined : option.label;
    editDraft(
      (current) => ({
        ...current,
        attendees: addAttendees(current.attendees, [{ email, ...(displayName ? { displayName } : {}) }]),
        attendeeText: '',
      }),
      'attendees',
    );
  };

  const handleKey = (event: KeyboardEvent<HTMLInputElement>, isListActive: boolean) => {
    const isShortcut = event.ctrlKey || event.metaKey;
    const ends = event.key === ',' || event.key === ';' || (event.key === 'Enter' && !isListActive);
    if (ends && !isShortcut && attendeeText.trim()) {
      // A comma inside a quoted name belongs to the name.
      if (event.key !== 'Enter' && (attendeeText.split('"').length - 1) % 2 === 1) return;
      event.preventDefault();
      // A few letters of a name are no address: Enter takes the person they stand for.
      const [suggested] = options;
      const isName = !attendeeText.includes('@') && search === attendeeText.trim();
      if (event.key === 'Enter' && isName && suggested) pick(suggested);
      else editDraft(commitAttendeeText, 'attendees');
      return;
    }
    const isAtStart = event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === 0;
    const last = attendees[attendees.length - 1];
    if (event.key === 'Backspace' && !attendeeText && last) remove(last.email);
    if (event.key === 'ArrowLeft' && isAtStart) focusChip(attendees.length - 1);
  };

  const handlePaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const text = event.clipboardData.getData('text');
    if (!text.includes('@')) return;
    event.preventDefault();
    editDraft(
      (current) => ({ ...current, attendees: addAttendees(current.attendees, parseAttendees(text)) }),
      'attendees',
    );
  };

  const focusChip = (index: number) => {
    const buttons = chips.current?.querySelectorAll<HTMLButtonElement>('.chip button');
    const target = buttons?.[index];
    if (target) target.focus();
    else focusInput();
  };

  const handleChipKey = (event: KeyboardEvent<HTMLButtonElement>, index: number, email: string) => {
    if (event.key === 'ArrowLeft') focusChip(Math.max(0, index - 1));
    else if (event.key === 'ArrowRight') focusChip(index + 1);
    else if (event.key === 'Backspace' || event.key === 'Delete') {
      event.preventDefault();
      remove(email);
      focusInput();
    }
  };

  return (
    <Field label="Attendees" error={error} hint="A name or an address, then Enter; or paste several.">
      {(control) => (
        <div
          className="chip-input"
          ref={chips}
          onClick={(event) => event.target === chips.current && focusInput()}
        >
          {attendees.map((attendee, index) => (
            <span
              className={`chip ${attendee.problem ? 'chip-invalid' : ''}`}
              key={attendee.email}
              title={attendee.problem ?? attendee.email}
            >
              {attendee.problem && <Icon name="warning" size={14} />}
              <span className="chip-text">{attendee.displayName ?? attendee.email}</span>
              {attendee.problem && <span className="visually-hidden">{attendee.problem}</span>}
              <button
                type="button"
                tabIndex={-1}
                aria-label={`Remove ${attendee.email}`}
                onKeyDown={(event) => handleChipKey(event, index, attendee.email)}
                onClick={() => {
                  remove(attendee.email);
                  focusInput();
                }}
              >
                <Icon name="close" size={13} />
              </button>
            </span>
          ))}
          <Combobox
            text={attendeeText}
            options={options}
            listLabel="People"
            onText={(text) => editDraft((current) => ({ ...current, attendeeText: text }))}
            onPick={pick}
            onKeyDown={handleKey}
            inputProps={{
              ...control,
              inputMode: 'email',
              placeholder: attendees.length === 0 ? 'name@example.com' : '',
              onPaste: handlePaste,
              onBlur: () => editDraft(commitAttendeeText),
            }}
          />
        </div>
      )}
    </Field>
  );
}
