import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sessionState, signIn } from '../src/auth/sessionState';
import { messageFor } from '../src/graphql/client';

const refused = { errors: [{ message: 'Sign in first.', extensions: { code: 'UNAUTHENTICATED' } }] };
const session = {
  data: { me: { id: 'm' }, featureFlags: [], calendarProviders: [], connectedAccounts: [] },
};

/** Signs in where the server takes the password and then answers `next`; what the form would say. */
async function signInThen(next: unknown): Promise<string | undefined> {
  sessionState.set({ status: 'signedOut' });
  const original = globalThis.fetch;
  globalThis.fetch = async (path) =>
    new Response(JSON.stringify(path === '/auth/sign-in' ? {} : next), { status: 200 });
  try {
    await signIn('ann@x.example', 'secret');
    return undefined;
  } catch (error) {
    return messageFor(error);
  } finally {
    globalThis.fetch = original;
  }
}

test('a sign-in whose next request is not recognized names what to check', async () => {
  assert.match((await signInThen(refused)) ?? '', /wasn't recognized.*PHOS_PUBLIC_URL/);
  assert.equal(sessionState.get().status, 'signedOut');
});

test('a sign-in that is recognized says nothing', async () => {
  assert.equal(await signInThen(session), undefined);
  assert.equal(sessionState.get().status, 'signedIn');
});
