import { RequestFailure, onSignedOut, postJson, request, messageFor } from '../graphql/client';
import { SessionDocument } from '../graphql/generated';
import type {
  CalendarProviderInfo,
  ConnectedAccount,
  FeatureFlag,
  WorkspaceMember,
} from '../graphql/types';
import { createStore, useStore } from '../state/store';
import { browserZone } from '../time/zoneList';
import { isKnownZone } from '../time/zonedTime';
import { accountMessages, signInMessages } from './messages';

/** What every page needs to know about who is here: asked for once, again after each change to it. */
export interface Session {
  member: WorkspaceMember;
  flags: FeatureFlag[];
  accounts: ConnectedAccount[];
  providers: CalendarProviderInfo[];
}

export type SessionState =
  | { status: 'starting' }
  | { status: 'signedOut' }
  | { status: 'failed'; message: string }
  | { status: 'signedIn'; session: Session };

export const sessionState = createStore<SessionState>({ status: 'starting' });
onSignedOut(() => sessionState.set({ status: 'signedOut' }));

export async function loadSession(): Promise<void> {
  try {
    const answer = await request(SessionDocument, {});
    sessionState.set({
      status: 'signedIn',
      session: {
        member: answer.me,
        flags: answer.featureFlags,
        accounts: answer.connectedAccounts,
        providers: answer.calendarProviders,
      },
    });
  } catch (error) {
    if (error instanceof RequestFailure && error.kind === 'signedOut') return;
    // A page in use keeps what it knows when a refresh fails.
    sessionState.update((current) =>
      current.status === 'signedIn' ? current : { status: 'failed', message: messageFor(error) },
    );
  }
}

export async function signIn(email: string, password: string): Promise<void> {
  const response = await postJson('/auth/sign-in', { email, password });
  if (!response.ok) {
    const answer = (await response.json().catch(() => null)) as { error?: unknown } | null;
    const sentence = typeof answer?.error === 'string' ? answer.error : undefined;
    const fallback =
      response.status === 429
        ? signInMessages.tooManyAttempts
        : response.status === 401
          ? signInMessages.wrongPassword
          : signInMessages.failed;
    throw new RequestFailure('refused', sentence ?? fallback);
  }
  await loadSession();
  // The password was right, but the cookie did not come back or was not taken for ours.
  if (sessionState.get().status === 'signedOut') {
    throw new RequestFailure('signedOut', signInMessages.notRecognized);
  }
}

export async function signOut(): Promise<void> {
  await postJson('/auth/sign-out', {});
  sessionState.set({ status: 'signedOut' });
}

/** For components that are only shown to someone signed in. */
export function useSession(): Session {
  const state = useStore(sessionState);
  if (state.status !== 'signedIn') throw new Error('This part of the page needs a signed-in member.');
  return state.session;
}

export function memberZone(member: WorkspaceMember): string {
  return member.timeZone && isKnownZone(member.timeZone) ? member.timeZone : browserZone();
}

export function useMemberZone(): string {
  return memberZone(useSession().member);
}

/** A person's way to a provider's name: always the provider's own word, from data. */
export function providerName(session: Session, accountId: string | null): string {
  const account = session.accounts.find(({ id }) => id === accountId);
  const provider = session.providers.find(({ providerId }) => providerId === account?.provider);
  return provider?.displayName ?? accountMessages.theCalendar;
}
