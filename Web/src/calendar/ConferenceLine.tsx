import { useAvailableConferenceProviders } from '../calendar-composer';
import type { CalendarEvent } from '../graphql/types';
import { httpsLink } from '../routing/safeLinks';
import { Button } from '../ui/Button';
import { ProviderIcon } from '../ui/ProviderIcon';
import { Spinner } from '../ui/Spinner';
import { showToast } from '../ui/Toast';
import { DetailLine } from './DetailLine';
import { conferenceMessages, eventMessages } from './messages';

/** The meeting link, or what has become of it. */
export function ConferenceLine({ event }: { event: CalendarEvent }) {
  const { conferenceProviderId: id, conferenceStatus: status, conferenceLink } = event;
  const isWanted = id !== 'NONE' && status !== 'NONE';
  const { providers } = useAvailableConferenceProviders(null, isWanted);
  const provider = isWanted ? providers.find(({ providerId }) => providerId === id) : undefined;
  const name = provider?.displayName;
  const link = httpsLink(conferenceLink);

  if (event.isRedacted) return null;
  if (link) {
    return (
      <DetailLine icon="video" label={eventMessages.conference}>
        <span className="conference-link">
          {provider && <ProviderIcon iconKey={provider.iconKey} />}
          <a href={link} target="_blank" rel="noreferrer noopener">
            {name ? conferenceMessages.join(name) : conferenceMessages.joinUnnamed}
          </a>
          <Button tone="quiet" icon="copy" onClick={() => void copy(link)}>
            {conferenceMessages.copyLink}
          </Button>
        </span>
        <span className="muted small conference-address">{link}</span>
      </DetailLine>
    );
  }
  if (status === 'PENDING') {
    return (
      <DetailLine icon="video" label={eventMessages.conference}>
        <span className="conference-pending" role="status">
          <Spinner size={16} /> {conferenceMessages.creating(name)}
        </span>
      </DetailLine>
    );
  }
  if (status === 'FAILURE') {
    return (
      <DetailLine icon="video" label={eventMessages.conference}>
        <span className="danger-text" role="alert">
          {conferenceMessages.failed(name)}
        </span>
      </DetailLine>
    );
  }
  return null;
}

async function copy(link: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(link);
    showToast(conferenceMessages.copied);
  } catch {
    showToast(conferenceMessages.notCopied, 'danger');
  }
}
