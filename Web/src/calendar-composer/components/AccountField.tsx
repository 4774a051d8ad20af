import { accountMessages } from '../../auth/messages';
import { useSession } from '../../auth/sessionState';
import type { CalendarProviderInfo, ConnectedAccount } from '../../graphql/types';
import { Link } from '../../routing/router';
import { Field, FieldError } from '../../ui/Field';
import { accountFieldMessages } from '../messages';
import { editDraft } from '../states/calendarComposerState';
import type { CalendarEventDraft } from '../types/CalendarComposerTypes';

/** Which calendar the event goes into; a question only for someone who has several, and only once. */
export function AccountField({
  draft,
  accounts,
  fixedBecause,
  error,
}: {
  draft: CalendarEventDraft;
  accounts: ConnectedAccount[];
  /** Why there is nothing to choose, as a sentence. */
  fixedBecause?: string;
  error?: string;
}) {
  const { accounts: all, providers } = useSession();
  if (fixedBecause) {
    const account = all.find(({ id }) => id === draft.connectedAccountId);
    return (
      <Field label={accountFieldMessages.label} error={error} hint={fixedBecause}>
        {(control) => (
          <select {...control} disabled value="">
            <option value="">
              {account ? accountLabel(account, providers) : accountFieldMessages.itsCalendar}
            </option>
          </select>
        )}
      </Field>
    );
  }
  const broken = accounts.filter(({ canWrite }) => !canWrite);
  const reconnect = broken.length > 0 && (
    <>
      {broken.map(
        ({ handle, reconnectReason: reason }) => `${accountFieldMessages.broken({ handle, reason })} `,
      )}
      <Link href="/settings/accounts">{accountMessages.reconnect}</Link>
    </>
  );
  if (accounts.length < 2) {
    return (
      <>
        {reconnect && <p className="field-hint">{reconnect}</p>}
        <FieldError message={error} />
      </>
    );
  }
  return (
    <Field label={accountFieldMessages.label} error={error} hint={reconnect || undefined}>
      {(control) => (
        <select
          {...control}
          value={draft.connectedAccountId}
          onChange={(event) => {
            const connectedAccountId = event.target.value;
            editDraft(
              (current) => ({ ...current, connectedAccountId }),
              'connectedAccountId',
              'conferenceProviderId',
            );
          }}
        >
          {!draft.connectedAccountId && <option value="">{accountFieldMessages.choose}</option>}
          {accounts.map((account) => (
            <option key={account.id} value={account.id} disabled={!account.canWrite}>
              {accountLabel(account, providers)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function accountLabel(account: ConnectedAccount, providers: CalendarProviderInfo[]): string {
  // One address often has an account at several providers.
  const provider = providers.find(({ providerId }) => providerId === account.provider)?.displayName;
  const { handle, displayName, canWrite } = account;
  return accountFieldMessages.account({ name: provider ?? displayName, handle, isBroken: !canWrite });
}
