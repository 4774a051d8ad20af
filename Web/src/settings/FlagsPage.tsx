import { useState } from 'react';
import { loadSession, useSession } from '../auth/sessionState';
import { request, messageFor } from '../graphql/client';
import { SetFlagDocument } from '../graphql/generated';
import type { FeatureFlagKey } from '../graphql/generated';
import { Switch } from '../ui/Field';
import { showToast } from '../ui/Toast';
import { flagLabels } from './flagLabels';
import { flagsPageMessages, settingsMessages } from './messages';

export function FlagsPage() {
  const { flags } = useSession();
  const [busyKey, setBusyKey] = useState<string>();

  const set = async (key: FeatureFlagKey, enabled: boolean) => {
    setBusyKey(key);
    try {
      await request(SetFlagDocument, { key, enabled });
      await loadSession();
    } catch (error) {
      showToast(messageFor(error), 'danger');
    } finally {
      setBusyKey(undefined);
    }
  };

  return (
    <section className="settings-section" aria-label={settingsMessages.features}>
      <h2>{settingsMessages.features}</h2>
      <p className="muted">{flagsPageMessages.intro}</p>
      <div className="card flag-list">
        {flags.map(({ key, enabled }) => {
          const { title, detail } = flagLabels(key);
          return (
            <Switch
              key={key}
              label={title}
              detail={detail}
              isOn={enabled}
              isDisabled={busyKey === key}
              onChange={(isOn) => void set(key, isOn)}
            />
          );
        })}
      </div>
    </section>
  );
}
