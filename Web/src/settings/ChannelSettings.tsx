import { useState } from 'react';
import { loadSession } from '../auth/sessionState';
import { request, wordsFor } from '../graphql/client';
import type { CalendarChannel, ChannelVisibility } from '../graphql/types';
import { Field } from '../ui/Field';
import { showToast } from '../ui/Toast';

const updateMutation = `mutation UpdateChannel($id: ID!, $input: UpdateCalendarChannelInput!) {
  updateCalendarChannel(id: $id, input: $input) { id }
}`;

const visibilities: Record<ChannelVisibility, string> = {
  SHARE_EVERYTHING: 'Everything',
  METADATA: 'Only when something is, not what',
};

/**
 * What colleagues see of one of an account's calendars. What else the contract lets one choose concerns
 * import, and gets its controls with it.
 */
export function ChannelSettings({ channel }: { channel: CalendarChannel }) {
  const [isBusy, setBusy] = useState(false);

  const change = async (input: { visibility: string }) => {
    setBusy(true);
    try {
      await request(updateMutation, { id: channel.id, input });
      await loadSession();
      showToast('Saved.');
    } catch (error) {
      showToast(wordsFor(error), 'danger');
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="channel">
      <p className="channel-name">{channel.handle}</p>
      <Field label="Colleagues see">
        {(control) => (
          <select
            {...control}
            value={channel.visibility}
            disabled={isBusy}
            onChange={(event) => void change({ visibility: event.target.value })}
          >
            {Object.entries(visibilities).map(([key, text]) => (
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
