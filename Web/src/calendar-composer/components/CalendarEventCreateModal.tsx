import { useEffect } from 'react';
import { useCanCreateEvents } from '../../auth/featureFlags';
import { useSession } from '../../auth/sessionState';
import { Link } from '../../routing/router';
import { useStore } from '../../state/store';
import { Notice } from '../../ui/EmptyState';
import { ownAccounts } from '../accounts';
import { useCreateCalendarEvent } from '../hooks/useCreateCalendarEvent';
import { calendarComposerState, closeComposer } from '../states/calendarComposerState';
import type { OpenComposer } from '../types/CalendarComposerTypes';
import { ComposerModal, useOpenComposer } from './ComposerModal';
import type { ComposerWords } from './ComposerModal';

/** Shown whenever the composer's store is open for a new event, wherever in the app that happened. */
export function CalendarEventCreateModal() {
  const { member } = useSession();
  const any = useStore(calendarComposerState);
  const state = useOpenComposer(member.id);
  const isOtherMembers = any.isOpen && !state;
  useEffect(() => {
    if (isOtherMembers) closeComposer();
  }, [isOtherMembers]);
  return state && !state.editing ? <NewEvent key={state.idempotencyKey} state={state} /> : null;
}

const words: ComposerWords = {
  title: 'New Calendar Event',
  icon: 'calendar',
  submit: 'Create Event',
  busy: 'Creating…',
  leave: 'Discard',
  discardTitle: 'Discard this event?',
  mayHaveArrived: 'Nothing you entered is lost, and trying again never creates a second event.',
};

function NewEvent({ state }: { state: OpenComposer }) {
  const accounts = ownAccounts(useSession());
  const canCreate = useCanCreateEvents();
  const create = useCreateCalendarEvent();
  return (
    <ComposerModal
      state={state}
      words={words}
      isBlocked={!canCreate || !accounts.some(({ canWrite }) => canWrite)}
      onSubmit={create}
      notices={
        <>
          {!canCreate && (
            <Notice tone="warning">Creating events is switched off for this workspace.</Notice>
          )}
          {accounts.length === 0 && (
            <Notice tone="warning">
              You have no calendar yet. <Link href="/settings/accounts">Connect one in the settings.</Link>
            </Notice>
          )}
        </>
      }
    />
  );
}
