import { useState } from 'react';
import { loadSession } from '../auth/sessionState';
import { request, messageFor } from '../graphql/client';
import { UpdateChannelDocument } from '../graphql/generated';
import type {
  CalendarChannelVisibility,
  ConflictResolutionStrategy,
  UpdateCalendarChannelInput,
} from '../graphql/generated';
import type { CalendarChannel } from '../graphql/types';
import { Field } from '../ui/Field';
import { showToast } from '../ui/Toast';
import { channelMessages } from './messages';

const strategies: Record<ConflictResolutionStrategy, string> = channelMessages.conflictStrategies;

/** The contract has two names for the later change: whichever was chosen is offered. */
function offered(chosen: ConflictResolutionStrategy) {
  const other = chosen === 'LAST_WRITE_WINS' ? 'MERGE' : 'LAST_WRITE_WINS';
  return Object.entries(strategies).filter(([key]) => key !== other);
}

const visibilities: Record<CalendarChannelVisibility, string> = channelMessages.visibilities;

/**
 * What colleagues see of one of an account's calendars, and who is right where the same was changed here and
 * there. What else the contract lets one choose concerns import, and gets its controls with it.
 */
export function ChannelSettings({ channel, isNamed }: { channel: CalendarChannel; isNamed: boolean }) {
  const [isBusy, setBusy] = useState(false);

  const change = async (input: UpdateCalendarChannelInput) => {
    setBusy(true);
    try {
      await request(UpdateChannelDocument, { id: channel.id, input });
      await loadSession();
      showToast(channelMessages.saved);
    } catch (error) {
      showToast(messageFor(error), 'danger');
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="channel">
      {isNamed && <p className="channel-name">{channel.handle}</p>}
      <Field label={channelMessages.visibility}>
        {(control) => (
          <select
            {...control}
            value={channel.visibility}
            disabled={isBusy}
            onChange={(event) => void change({ visibility: event.target.value as CalendarChannelVisibility })}
          >
            {Object.entries(visibilities).map(([key, text]) => (
              <option key={key} value={key}>
                {text}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={channelMessages.conflicts}>
        {(control) => (
          <select
            {...control}
            value={channel.conflictResolution}
            disabled={isBusy}
            onChange={(event) =>
              void change({ conflictResolution: event.target.value as ConflictResolutionStrategy })
            }
          >
            {offered(channel.conflictResolution).map(([key, text]) => (
              <option key={key} value={key}>
                {text}
              </option>
            ))}
          </select>
        )}
      </Field>
      {channel.lastError && <p className="danger-text small">{channel.lastError}</p>}
    </div>
  );
}
