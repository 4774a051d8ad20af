import { request, messageFor } from '../graphql/client';
import { StartConnectionDocument } from '../graphql/generated';
import type { CalendarProviderInfo } from '../graphql/types';
import { trustedLink } from '../routing/safeLinks';
import { showToast } from '../ui/Toast';
import { connectMessages } from './messages';

/**
 * How a provider's accounts are connected: on the provider's own page, not at all, or with what its form asks
 * for.
 */
export function connectionKind(provider: CalendarProviderInfo): 'oauth' | 'builtIn' | 'form' {
  if (provider.connection === 'OAUTH') return 'oauth';
  return provider.connection === 'BUILT_IN' ? 'builtIn' : 'form';
}

/** Leaves for the provider's page, which sends the browser back to the settings. */
export async function startConnection(provider: CalendarProviderInfo): Promise<void> {
  try {
    const variables = { provider: provider.providerId };
    const answer = await request(StartConnectionDocument, variables);
    const address = trustedLink(answer.startOAuthConnection);
    if (address) window.location.assign(address);
    else showToast(connectMessages.noSignInPage, 'danger');
  } catch (error) {
    showToast(messageFor(error), 'danger');
  }
}
