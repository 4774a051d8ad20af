import { useEffect, useId, useRef, useState } from 'react';
import type { InputHTMLAttributes, KeyboardEvent, ReactNode } from 'react';

export interface ComboboxOption {
  id: string;
  label: string;
  detail?: string;
}

type InputProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'onKeyDown'>;

/** A text input with a list of suggestions below it (WAI-ARIA's combobox pattern). */
export function Combobox({
  text,
  options,
  picksFirst = false,
  onText,
  onPick,
  onKeyDown,
  listLabel,
  before,
  inputProps,
}: {
  text: string;
  options: ComboboxOption[];
  /** Whether Enter takes the first suggestion when none was chosen with the arrows. */
  picksFirst?: boolean;
  onText: (text: string) => void;
  onPick: (option: ComboboxOption) => void;
  /** Sees each key first; `preventDefault` keeps it from the list. */
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>, isListActive: boolean) => void;
  listLabel: string;
  before?: ReactNode;
  inputProps?: InputProps;
}) {
  const listId = useId();
  const list = useRef<HTMLUListElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const shown = isOpen && options.length > 0;
  const index = shown ? Math.min(active, options.length - 1) : -1;

  useEffect(() => setActive(picksFirst ? 0 : -1), [text, picksFirst]);
  useEffect(() => {
    if (index >= 0) list.current?.children[index]?.scrollIntoView({ block: 'nearest' });
  }, [index]);

  const pick = (option: ComboboxOption) => {
    setOpen(false);
    onPick(option);
  };

  const handleKey = (event: KeyboardEvent<HTMLInputElement>) => {
    onKeyDown?.(event, index >= 0);
    if (event.defaultPrevented) return;
    const chosen = options[index];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!shown) setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((current) => (current + step + options.length) % Math.max(1, options.length));
    } else if (event.key === 'Enter' && shown && chosen && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      pick(chosen);
    } else if (event.key === 'Escape' && shown) {
      // The first Escape closes the list only, not the dialog around it.
      event.preventDefault();
      setOpen(false);
    }
  };

  return (
    <div className="combobox">
      {before}
      <input
        type="text"
        autoComplete="off"
        spellCheck={false}
        {...inputProps}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={shown ? listId : undefined}
        aria-activedescendant={index >= 0 ? `${listId}-${index}` : undefined}
        value={text}
        onChange={(event) => {
          setOpen(true);
          onText(event.target.value);
        }}
        onFocus={(event) => {
          setOpen(true);
          inputProps?.onFocus?.(event);
        }}
        onClick={() => setOpen(true)}
        onBlur={(event) => {
          setOpen(false);
          inputProps?.onBlur?.(event);
        }}
        onKeyDown={handleKey}
      />
      {shown && (
        // Browsers let the Tab key into whatever scrolls; a list that closes on the way would lose the focus.
        <ul
          className="combobox-list"
          id={listId}
          ref={list}
          role="listbox"
          aria-label={listLabel}
          tabIndex={-1}
        >
          {options.map((option, position) => (
            <li
              key={option.id}
              id={`${listId}-${position}`}
              role="option"
              aria-selected={position === index}
              // Pressing must not take the focus from the input, or the list closes before the click.
              onPointerDown={(event) => event.preventDefault()}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(option)}
            >
              <span>{option.label}</span>
              {option.detail && <span className="combobox-detail">{option.detail}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
