import { useSession } from '../../auth/sessionState';
import { Notice } from '../../ui/EmptyState';
import { useSeriesOf } from '../hooks/useSeriesOf';
import { useUpdateCalendarEvent } from '../hooks/useUpdateCalendarEvent';
import { composerMessages, editMessages } from '../messages';
import type { EditedEvent, OpenComposer } from '../types/CalendarComposerTypes';
import { ComposerModal, useOpenComposer } from './ComposerModal';

/** Shown whenever the composer's store is open on an event that is there, but not while it is being saved. */
export function CalendarEventEditModal() {
  const { member } = useSession();
  const state = useOpenComposer(member.id);
  if (!state?.editing || state.isSending) return null;
  return <EditedEventForm key={state.idempotencyKey} state={state} editing={state.editing} />;
}

function EditedEventForm({ state, editing }: { state: OpenComposer; editing: EditedEvent }) {
  const update = useUpdateCalendarEvent();
  useSeriesOf(editing.event);
  return (
    <ComposerModal
      state={state}
      icon="edit"
      messages={editMessages}
      isBlocked={false}
      onSubmit={update}
      notices={
        editing.event.recurrence.length > 0 && (
          <Notice tone="info">{composerMessages.repeats}</Notice>
        )
      }
    />
  );
}
