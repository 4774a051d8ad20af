import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { IconButton } from './Button';
import { commonMessages } from './messages';

const focusable = 'a[href], :is(button, input, select, textarea):not(:disabled), [tabindex="0"]';

interface ModalProps {
  title: string;
  icon?: ReactNode;
  shape?: 'dialog' | 'alert' | 'drawer';
  onClose: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  footer?: ReactNode;
  children: ReactNode;
}

/** Open dialogs, the topmost last: only that one hears the keyboard. */
const openBoxes: HTMLElement[] = [];

/** A dialog that keeps the keyboard inside while open and gives the focus back where it came from. */
export function Modal({ title, icon, shape = 'dialog', onClose, onKeyDown, footer, children }: ModalProps) {
  const box = useRef<HTMLDivElement>(null);
  const titleId = useId();
  const pressedOutside = useRef(false);
  const handlers = useRef({ onClose, onKeyDown });
  handlers.current = { onClose, onKeyDown };

  useEffect(() => {
    const inside = box.current;
    if (!inside) return;
    const cameFrom = document.activeElement;
    openBoxes.push(inside);
    (inside.querySelector<HTMLElement>('[data-autofocus]') ?? inside).focus();

    // On the document, so that it also works when what had the focus has just gone from the page.
    const handleKey = (event: KeyboardEvent) => {
      if (openBoxes[openBoxes.length - 1] !== inside || event.defaultPrevented) return;
      handlers.current.onKeyDown?.(event);
      if (event.defaultPrevented) return;
      if (event.key === 'Escape') {
        event.preventDefault();
        handlers.current.onClose();
      } else if (event.key === 'Tab') {
        keepInside(event, inside);
      }
    };
    document.addEventListener('keydown', handleKey);
    return () => {
      document.removeEventListener('keydown', handleKey);
      openBoxes.splice(openBoxes.indexOf(inside), 1);
      // What opened it may be gone by now, e.g. a button hidden by what was just done.
      if (cameFrom instanceof HTMLElement && cameFrom.isConnected) cameFrom.focus();
    };
  }, []);

  return createPortal(
    <div
      className={`backdrop backdrop-${shape}`}
      onPointerDown={(event) => (pressedOutside.current = event.target === event.currentTarget)}
      onClick={(event) => {
        if (event.target === event.currentTarget && pressedOutside.current) onClose();
      }}
    >
      <div
        ref={box}
        className={`modal modal-${shape}`}
        role={shape === 'alert' ? 'alertdialog' : 'dialog'}
        aria-modal="true"
        aria-labelledby={titleId}
        tabIndex={-1}
      >
        <header className="modal-header">
          {icon}
          <h2 id={titleId}>{title}</h2>
          <IconButton icon="close" label={commonMessages.close} onClick={onClose} />
        </header>
        <div className="modal-body">{children}</div>
        {footer && <footer className="modal-footer">{footer}</footer>}
      </div>
    </div>,
    document.getElementById('overlays') ?? document.body,
  );
}

/** Round the dialog, and through what a message over it offers to do. */
function keepInside(event: KeyboardEvent, box: HTMLElement): void {
  const inside = [...box.querySelectorAll<HTMLElement>(focusable)].filter(
    (element) => element.tabIndex >= 0 && element.getClientRects().length > 0,
  );
  const offered = [...document.querySelectorAll<HTMLElement>('.toasts button')];
  const stops = [...inside, ...offered];
  const at = document.activeElement;
  const index = stops.findIndex((element) => element === at);
  const next = stops[(index + (event.shiftKey ? stops.length - 1 : 1)) % stops.length];
  // Between its own stops, and away from what is none, the browser finds the way.
  const last = inside.length - 1;
  const isInside = event.shiftKey ? index > 0 && index <= last : index >= 0 && index < last;
  const isBeside = index < 0 && inside.length > 0 && box.contains(at) && !(event.shiftKey && at === box);
  if (isInside || isBeside) return;
  event.preventDefault();
  const target = index < 0 ? (event.shiftKey ? stops[stops.length - 1] : stops[0]) : next;
  target?.focus();
}
