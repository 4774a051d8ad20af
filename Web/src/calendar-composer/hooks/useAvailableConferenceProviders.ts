import { useMemo } from 'react';
import { ConferenceProvidersDocument } from '../../graphql/generated';
import { useQuery } from '../../graphql/useQuery';
import type { ConferenceProviderInfo } from '../../graphql/types';
import { commonMessages } from '../../ui/messages';
import { noConference } from '../draft';

const none: ConferenceProviderInfo = {
  providerId: noConference,
  displayName: commonMessages.none,
  iconKey: 'none',
  isAvailable: true,
  unavailableReason: null,
  requiresLink: false,
};

/** The conferences an account can make; without an account, every one that is registered. */
export function useAvailableConferenceProviders(connectedAccountId: string | null, isWanted = true) {
  const answer = useQuery(ConferenceProvidersDocument, isWanted ? { connectedAccountId } : null);
  const listed = answer.data?.getAvailableConferenceProviders;
  const providers = useMemo(() => {
    const others = (listed ?? []).filter(({ providerId }) => providerId !== noConference);
    return [...others, (listed ?? []).find(({ providerId }) => providerId === noConference) ?? none];
  }, [listed]);
  return { providers, isLoading: answer.isLoading, error: answer.error, reload: answer.reload };
}
