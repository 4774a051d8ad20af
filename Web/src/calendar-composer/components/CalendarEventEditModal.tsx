import { useSession } from '../../auth/sessionState';
import { Notice } from '../../ui/EmptyState';
import { useSeriesOf } from '../hooks/useSeriesOf';
import { useUpdateCalendarEvent } from '../hooks/useUpdateCalendarEvent';
import type { EditedEvent, OpenComposer } from '../types/CalendarComposerTypes';
import { ComposerModal, useOpenComposer } from './ComposerModal';
import type { ComposerWords } from './ComposerModal';

/** Shown whenever the composer's store is open on an event that is there, but not while it is being saved. */
export function CalendarEventEditModal() {
  const { member } = useSession();
  const state = useOpenComposer(member.id);
  if (!state?.editing || state.isSending) return null;
  return <EditedEventForm key={state.idempotencyKey} state={state} editing={state.editing} />;
}

const words: ComposerWords = {
  title: 'Edit Calendar Event',
  icon: 'edit',
  submit: 'Save',
  busy: 'Saving…',
  leave: 'Cancel',
  discardTitle: 'Discard your changes?',
  mayHaveArrived: 'Nothing you entered is lost. Your changes may have been saved; saving again does no harm.',
};

function EditedEventForm({ state, editing }: { state: OpenComposer; editing: EditedEvent }) {
  const update = useUpdateCalendarEvent();
  useSeriesOf(editing.event);
  return (
    <ComposerModal
      state={state}
      words={words}
      isBlocked={false}
      onSubmit={update}
      notices={
        editing.event.recurrence.length > 0 && (
          <Notice tone="info">This event repeats. You are changing all of its meetings.</Notice>
        )
      }
    />
  );
}
