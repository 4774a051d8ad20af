import { useState } from 'react';
import { useMemberZone, loadSession } from '../auth/sessionState';
import { eventsChanged } from '../calendar/eventsRevision';
import { request, wordsFor } from '../graphql/client';
import type { CalendarChannel } from '../graphql/types';
import { formatMoment } from '../time/format';
import { Button } from '../ui/Button';
import { Field, Switch } from '../ui/Field';
import { showToast } from '../ui/Toast';

const updateMutation = `mutation UpdateChannel($id: ID!, $input: UpdateCalendarChannelInput!) {
  updateCalendarChannel(id: $id, input: $input) { id }
}`;
const syncMutation = `mutation SyncChannel($id: ID!) { syncCalendarChannel(id: $id) { id } }`;

const visibilities = {
  SHARE_EVERYTHING: 'Everything',
  METADATA: 'Only times and attendees',
};
const contactPolicies = {
  AS_PARTICIPANT_AND_ORGANIZER: 'From every event',
  AS_PARTICIPANT: 'From events I am invited to',
  AS_ORGANIZER: 'From events I organize',
  NONE: 'Never',
};
const conflictStrategies = {
  MERGE: 'Merge both',
  CRM_WINS: 'Keep the change made here',
  PROVIDER_WINS: 'Keep the change made there',
  LAST_WRITE_WINS: 'Keep the later change',
  MANUAL: 'Ask me',
};

/** One calendar of an account: what is synchronised and what colleagues see of it. */
export function ChannelSettings({ channel, isBuiltIn }: { channel: CalendarChannel; isBuiltIn: boolean }) {
  const zone = useMemberZone();
  const [isBusy, setBusy] = useState(false);

  const run = async (mutation: string, variables: Record<string, unknown>, done?: string) => {
    setBusy(true);
    try {
      await request(mutation, { id: channel.id, ...variables });
      await loadSession();
      if (done) showToast(done);
    } catch (error) {
      showToast(wordsFor(error), 'danger');
    } finally {
      setBusy(false);
    }
  };
  const change = (input: Record<string, unknown>) => void run(updateMutation, { input }, 'Saved.');
  const sync = async () => {
    await run(syncMutation, {});
    eventsChanged();
  };

  const synced = channel.syncedAt
    ? `Last synchronised ${formatMoment(channel.syncedAt, zone)}.`
    : 'Not synchronised yet.';
  return (
    <div className="channel">
      {!isBuiltIn && (
        <>
          <Switch
            label={`Synchronise ${channel.handle}`}
            detail={synced}
            isOn={channel.isSyncEnabled}
            isDisabled={isBusy}
            onChange={(isSyncEnabled) => change({ isSyncEnabled })}
          />
          {channel.lastError && <p className="danger-text small">{channel.lastError}</p>}
        </>
      )}
      <div className="channel-fields">
        <Choice
          label="Colleagues see"
          value={channel.visibility}
          choices={visibilities}
          isDisabled={isBusy}
          onChange={(visibility) => change({ visibility })}
        />
        {!isBuiltIn && (
          <>
            <Choice
              label="Create contacts"
              value={channel.contactAutoCreationPolicy}
              choices={contactPolicies}
              isDisabled={isBusy}
              onChange={(contactAutoCreationPolicy) => change({ contactAutoCreationPolicy })}
            />
            <Choice
              label="When both sides changed"
              value={channel.conflictResolution}
              choices={conflictStrategies}
              isDisabled={isBusy}
              onChange={(conflictResolution) => change({ conflictResolution })}
            />
          </>
        )}
      </div>
      {!isBuiltIn && (
        <Button icon="refresh" isBusy={isBusy} onClick={() => void sync()}>
          Synchronise now
        </Button>
      )}
    </div>
  );
}

function Choice({
  label,
  value,
  choices,
  isDisabled,
  onChange,
}: {
  label: string;
  value: string;
  choices: Record<string, string>;
  isDisabled: boolean;
  onChange: (value: string) => void;
}) {
  return (
    <Field label={label}>
      {(control) => (
        <select
          {...control}
          value={value}
          disabled={isDisabled}
          onChange={(event) => onChange(event.target.value)}
        >
          {!(value in choices) && <option value={value}>{value}</option>}
          {Object.entries(choices).map(([key, text]) => (
            <option key={key} value={key}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
