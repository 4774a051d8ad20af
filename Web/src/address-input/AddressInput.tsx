import { useRef } from 'react';
import type { ClipboardEvent, DragEvent, KeyboardEvent } from 'react';
import { SuggestedAddressesDocument } from '../graphql/generated';
import { personName } from '../graphql/types';
import { useQuery } from '../graphql/useQuery';
import { Combobox } from '../ui/Combobox';
import type { ComboboxOption } from '../ui/Combobox';
import { addressKey } from '../ui/emailAddress';
import { Field } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { useDebounced } from '../ui/useDebounced';
import { addAddresses, parseAddresses } from './addresses';
import type { AddressEntry } from './addresses';
import { addressInputMessages } from './messages';

/** How a chip travels between two of these. */
const dragType = 'application/x-phos-address';

/** People as chips, with suggestions from the CRM; chips can be dragged from one such field to another. */
export function AddressInput({
  label,
  entries,
  text,
  error,
  hint,
  isFirst = false,
  onText,
  onEntries,
}: {
  label: string;
  entries: readonly AddressEntry[];
  /** Typed and not yet a chip. */
  text: string;
  error?: string;
  hint?: string;
  /** Whether it has the focus when its dialog opens. */
  isFirst?: boolean;
  onText: (text: string) => void;
  /** With the text that is left, where that changes too. */
  onEntries: (change: (current: readonly AddressEntry[]) => AddressEntry[], text?: string) => void;
}) {
  const chips = useRef<HTMLDivElement>(null);
  const search = useDebounced(text.trim());
  const answer = useQuery(SuggestedAddressesDocument, search ? { search } : null);
  const people = text.trim() ? (answer.data?.people.edges ?? []) : [];
  const taken = new Set(entries.map(({ email }) => addressKey(email)));
  const options = people.flatMap(({ node }) =>
    node.emails
      .filter((email) => !taken.has(addressKey(email)))
      .map((email) => ({ id: `${node.id} ${email}`, label: personName(node), detail: email })),
  );

  const remove = (email: string) => onEntries((current) => current.filter((entry) => entry.email !== email));
  const focusInput = () => chips.current?.querySelector('input')?.focus();
  const commit = () => {
    if (text.trim()) onEntries((current) => addAddresses(current, parseAddresses(text)), '');
    else if (text) onText('');
  };

  const pick = (option: ComboboxOption) => {
    const email = option.detail ?? '';
    const displayName = option.label === email ? undefined : option.label;
    const entry = { email, ...(displayName ? { displayName } : {}) };
    onEntries((current) => addAddresses(current, [entry]), '');
  };

  const handleKey = (event: KeyboardEvent<HTMLInputElement>, isListActive: boolean) => {
    const isShortcut = event.ctrlKey || event.metaKey;
    const ends = event.key === ',' || event.key === ';' || (event.key === 'Enter' && !isListActive);
    if (ends && !isShortcut && text.trim()) {
      // A comma inside a quoted name belongs to the name.
      if (event.key !== 'Enter' && (text.split('"').length - 1) % 2 === 1) return;
      event.preventDefault();
      // A few letters of a name are no address: Enter takes the person they stand for.
      const [suggested] = options;
      const isName = !text.includes('@') && search === text.trim();
      if (event.key === 'Enter' && isName && suggested) pick(suggested);
      else commit();
      return;
    }
    const isAtStart = event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === 0;
    const last = entries[entries.length - 1];
    if (event.key === 'Backspace' && !text && last) remove(last.email);
    if (event.key === 'ArrowLeft' && isAtStart) focusChip(entries.length - 1);
  };

  const handlePaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const pasted = event.clipboardData.getData('text');
    if (!pasted.includes('@')) return;
    event.preventDefault();
    onEntries((current) => addAddresses(current, parseAddresses(pasted)));
  };

  const handleDrop = (event: DragEvent) => {
    const dragged = event.dataTransfer.getData(dragType);
    if (!dragged) return;
    event.preventDefault();
    const entry = JSON.parse(dragged) as AddressEntry;
    event.dataTransfer.dropEffect = 'move';
    onEntries((current) => addAddresses(current, [entry]));
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
    <Field label={label} error={error} hint={hint}>
      {(control) => (
        <div
          className="chip-input"
          ref={chips}
          onClick={(event) => event.target === chips.current && focusInput()}
          onDragOver={(event) => event.dataTransfer.types.includes(dragType) && event.preventDefault()}
          onDrop={handleDrop}
        >
          {entries.map((entry, index) => (
            <span
              className={`chip ${entry.problem ? 'chip-invalid' : ''}`}
              key={entry.email}
              title={entry.problem ?? entry.email}
              draggable
              onDragStart={(event) => {
                event.dataTransfer.setData(dragType, JSON.stringify(entry));
                event.dataTransfer.effectAllowed = 'move';
              }}
              onDragEnd={(event) => {
                const isBack = chips.current?.contains(document.elementFromPoint(event.clientX, event.clientY));
                if (event.dataTransfer.dropEffect === 'move' && !isBack) remove(entry.email);
              }}
            >
              {entry.problem && <Icon name="warning" size={14} />}
              <span className="chip-text">{entry.displayName ?? entry.email}</span>
              {entry.problem && <span className="visually-hidden">{entry.problem}</span>}
              <button
                type="button"
                tabIndex={-1}
                aria-label={addressInputMessages.remove(entry.email)}
                onKeyDown={(event) => handleChipKey(event, index, entry.email)}
                onClick={() => {
                  remove(entry.email);
                  focusInput();
                }}
              >
                <Icon name="close" size={13} />
              </button>
            </span>
          ))}
          <Combobox
            text={text}
            options={options}
            listLabel={addressInputMessages.suggestions}
            onText={onText}
            onPick={pick}
            onKeyDown={handleKey}
            inputProps={{
              ...control,
              ...(isFirst ? { 'data-autofocus': true } : {}),
              inputMode: 'email',
              placeholder: entries.length === 0 ? addressInputMessages.placeholder : '',
              onPaste: handlePaste,
              onBlur: commit,
            }}
          />
        </div>
      )}
    </Field>
  );
}
