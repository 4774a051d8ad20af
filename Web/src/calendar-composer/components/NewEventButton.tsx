import { useId } from 'react';
import { useCanCreateEvents } from '../../auth/featureFlags';
import { Button } from '../../ui/Button';
import { useCalendarComposer } from '../hooks/useCalendarComposer';
import { composerMessages } from '../messages';
import type { CalendarComposerOptions } from '../types/CalendarComposerTypes';

/** The one way into the composer: gone where the workspace has it off, disabled where there is a reason. */
export function NewEventButton({
  options,
  disabledReason,
  tone = 'primary',
}: {
  options?: CalendarComposerOptions;
  disabledReason?: string;
  tone?: 'primary' | 'plain';
}) {
  const reasonId = useId();
  const canCreate = useCanCreateEvents();
  const { openCalendarComposer } = useCalendarComposer();
  if (!canCreate) return null;
  return (
    <span className="new-event" title={disabledReason}>
      <Button
        tone={tone}
        icon="plus"
        disabled={Boolean(disabledReason)}
        aria-describedby={disabledReason ? reasonId : undefined}
        onClick={() => openCalendarComposer(options)}
      >
        {composerMessages.newEvent}
      </Button>
      {disabledReason && (
        <span className="muted small" id={reasonId}>
          {disabledReason}
        </span>
      )}
    </span>
  );
}
