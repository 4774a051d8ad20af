import { useState } from 'react';
import { loadSession, useSession } from '../auth/sessionState';
import { useAvailableConferenceProviders } from '../calendar-composer';
import { request, messageFor } from '../graphql/client';
import { UpdateMemberDocument, UpdateWorkspaceDocument } from '../graphql/generated';
import { Field } from '../ui/Field';
import { commonMessages } from '../ui/messages';
import { showToast } from '../ui/Toast';
import { conferenceDefaultMessages } from './messages';

/** The default video conference: the member's own, and the workspace's for members without one. */
export function ProposedConference() {
  const { member } = useSession();
  const { providers } = useAvailableConferenceProviders(null);
  const [isBusy, setBusy] = useState(false);
  const choices = providers.filter(({ requiresLink }) => !requiresLink);
  const workspaceChoice = member.workspaceDefaultConferenceProviderId;
  const nameOf = (id: string | null) =>
    choices.find(({ providerId }) => providerId === id)?.displayName ?? commonMessages.none;

  const change = async (send: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await send();
      await loadSession();
    } catch (error) {
      showToast(messageFor(error), 'danger');
    } finally {
      setBusy(false);
    }
  };

  return (
    <section className="settings-section" aria-label={conferenceDefaultMessages.title}>
      <h2>{conferenceDefaultMessages.title}</h2>
      <div className="card proposed-conference">
        <Field label={conferenceDefaultMessages.mine} hint={conferenceDefaultMessages.mineHint}>
          {(control) => (
            <select
              {...control}
              disabled={isBusy}
              value={member.defaultConferenceProviderId ?? ''}
              onChange={(event) => {
                const defaultConferenceProviderId = event.target.value || null;
                void change(() => request(UpdateMemberDocument, { input: { defaultConferenceProviderId } }));
              }}
            >
              <option value="">{conferenceDefaultMessages.asWorkspace(nameOf(workspaceChoice))}</option>
              {choices.map(({ providerId, displayName }) => (
                <option key={providerId} value={providerId}>
                  {displayName}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={conferenceDefaultMessages.workspace} hint={conferenceDefaultMessages.workspaceHint}>
          {(control) => (
            <select
              {...control}
              disabled={isBusy}
              value={workspaceChoice ?? 'NONE'}
              onChange={(event) => {
                const id = event.target.value;
                const defaultConferenceProviderId = id === 'NONE' ? null : id;
                void change(() => request(UpdateWorkspaceDocument, { input: { defaultConferenceProviderId } }));
              }}
            >
              {choices.map(({ providerId, displayName }) => (
                <option key={providerId} value={providerId}>
                  {displayName}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
    </section>
  );
}
