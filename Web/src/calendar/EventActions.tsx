import { useId } from 'react';
import { editEvent } from '../calendar-composer';
import { removeEvent } from '../event-changes';
import type { CalendarEvent } from '../graphql/types';
import { Button } from '../ui/Button';
import type { IconName } from '../ui/Icon';
import { detailsMessages, eventMessages } from './messages';

/** What can be done to an event; where it cannot, why not. */
export function EventActions({ event }: { event: CalendarEvent }) {
  return (
    <div className="details-actions">
      <ActionButton
        icon="edit"
        label={detailsMessages.edit}
        shortcut="e"
        reason={event.canEdit ? undefined : (event.editUnavailableReason ?? eventMessages.cannotChange)}
        onClick={() => editEvent(event)}
      />
      <ActionButton
        icon="trash"
        label={detailsMessages.delete}
        shortcut="Delete"
        reason={
          event.canDelete ? undefined : (event.deleteUnavailableReason ?? detailsMessages.cannotDelete)
        }
        onClick={() => void removeEvent(event)}
      />
    </div>
  );
}

/** Not `disabled`: the keyboard gets to it, and a screen reader says why it does nothing. */
function ActionButton({
  icon,
  label,
  shortcut,
  reason,
  onClick,
}: {
  icon: IconName;
  label: string;
  shortcut: string;
  reason: string | undefined;
  onClick: () => void;
}) {
  const id = useId();
  return (
    <span title={reason}>
      <Button
        icon={icon}
        aria-disabled={reason ? true : undefined}
        aria-describedby={reason ? id : undefined}
        aria-keyshortcuts={reason ? undefined : shortcut}
        onClick={reason ? undefined : onClick}
      >
        {label}
      </Button>
      {reason && (
        <span className="visually-hidden" id={id}>
          {reason}
        </span>
      )}
    </span>
  );
}

/** The keys of the two buttons, where nothing is being typed. */
export function pressEventKey(pressed: KeyboardEvent, event: CalendarEvent): void {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.shiftKey) return;
  if (pressed.target instanceof Element && pressed.target.closest('input, select, textarea, [contenteditable]')) return;
  if (pressed.key === 'e' && event.canEdit) {
    pressed.preventDefault();
    editEvent(event);
  } else if (pressed.key === 'Delete' && event.canDelete) {
    pressed.preventDefault();
    void removeEvent(event);
  }
}
