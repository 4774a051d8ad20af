import { useState } from 'react';
import { loadSession } from '../auth/sessionState';
import { request, wordsFor } from '../graphql/client';
import { UpdateChannelDocument } from '../graphql/generated';
import type { CalendarChannelVisibility, UpdateCalendarChannelInput } from '../graphql/generated';
import type { CalendarChannel } from '../graphql/types';
import { Field } from '../ui/Field';
import { showToast } from '../ui/Toast';

const visibilities: Record<CalendarChannelVisibility, string> = {
  SHARE_EVERYTHING: 'Everything',
  METADATA: 'Only when something is, not what',
};

/**
 * What colleagues see of one of an account's calendars. What else the contract lets one choose concerns
 * import, and gets its controls with it.
 */
export function ChannelSettings({ channel, isNamed }: { channel: CalendarChannel; isNamed: boolean }) {
  const [isBusy, setBusy] = useState(false);

  const change = async (input: UpdateCalendarChannelInput) => {
    setBusy(true);
    try {
      await request(UpdateChannelDocument, { id: channel.id, input });
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
      {isNamed && <p className="channel-name">{channel.handle}</p>}
      <Field label="Colleagues see">
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
      {channel.lastError && <p className="danger-text small">{channel.lastError}</p>}
    </div>
  );
}
