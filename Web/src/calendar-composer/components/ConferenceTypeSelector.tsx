import { useEffect, useId } from 'react';
import { eventMessages } from '../../calendar/messages';
import type { ConferenceProviderInfo } from '../../graphql/types';
import { Field, FieldError } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { ProviderIcon } from '../../ui/ProviderIcon';
import { Spinner } from '../../ui/Spinner';
import { noConference } from '../draft';
import { composerFieldMessages } from '../messages';
import { editDraft } from '../states/calendarComposerState';
import type { CalendarEventDraft } from '../types/CalendarComposerTypes';

const unknown = {
  displayName: composerFieldMessages.keepConference,
  iconKey: null,
  isAvailable: true,
  unavailableReason: null,
  requiresLink: false,
};

/** Built from what the server offers for the chosen account: a new provider needs no change here. */
export function ConferenceTypeSelector({
  draft,
  providers,
  isLoading,
  keptId,
  error,
  linkError,
}: {
  draft: CalendarEventDraft;
  providers: ConferenceProviderInfo[];
  isLoading: boolean;
  /** An event’s current conference stays a choice, even where it could not be chosen now. */
  keptId?: string;
  error?: string;
  linkError?: string;
}) {
  const id = useId();
  const isOffered = (provider: ConferenceProviderInfo) =>
    provider.isAvailable || provider.providerId === keptId;
  const known = providers.filter(isOffered);
  const isKeptUnknown = keptId !== undefined && !known.some(({ providerId }) => providerId === keptId);
  const offered = isKeptUnknown ? [{ ...unknown, providerId: keptId }, ...known] : known;
  const missing = providers.filter((provider) => !isOffered(provider) && provider.unavailableReason);
  const chosen = offered.find(({ providerId }) => providerId === draft.conferenceProviderId);
  const isLost = !isLoading && !chosen;

  useEffect(() => {
    // The choice belonged to another account.
    if (isLost) editDraft((current) => ({ ...current, conferenceProviderId: noConference }));
  }, [isLost]);

  return (
    <fieldset className="conference" aria-describedby={error ? `${id}-error` : undefined}>
      <legend>
        {eventMessages.conference} {isLoading && <Spinner size={13} />}
      </legend>
      <div className="segments" role="radiogroup" aria-label={eventMessages.conference}>
        {offered.map((provider) => (
          <label className="segment" key={provider.providerId}>
            <input
              type="radio"
              name={`${id}-conference`}
              value={provider.providerId}
              checked={provider.providerId === draft.conferenceProviderId}
              onChange={() =>
                editDraft(
                  (current) => ({ ...current, conferenceProviderId: provider.providerId }),
                  'conferenceProviderId',
                  'customConferenceLink',
                )
              }
            />
            {provider.providerId !== noConference &&
              (provider.iconKey ? <ProviderIcon iconKey={provider.iconKey} size={16} /> : <Icon name="video" size={16} />)}
            {provider.displayName}
          </label>
        ))}
      </div>
      {missing.map((provider) => (
        <p className="field-hint" key={provider.providerId}>
          {reasonFor(provider)}
        </p>
      ))}
      <FieldError id={`${id}-error`} message={error} />
      {chosen?.requiresLink && (
        <Field label={composerFieldMessages.meetingLink} error={linkError}>
          {(control) => (
            <input
              {...control}
              type="url"
              placeholder={composerFieldMessages.meetingLinkPlaceholder}
              value={draft.customConferenceLink}
              onChange={(event) => {
                const customConferenceLink = event.target.value;
                editDraft((current) => ({ ...current, customConferenceLink }), 'customConferenceLink');
              }}
            />
          )}
        </Field>
      )}
      {!chosen?.requiresLink && <FieldError message={linkError} />}
    </fieldset>
  );
}

function reasonFor({ displayName, unavailableReason }: ConferenceProviderInfo): string {
  const reason = unavailableReason ?? '';
  return reason.includes(displayName) ? reason : `${displayName}: ${reason}`;
}
