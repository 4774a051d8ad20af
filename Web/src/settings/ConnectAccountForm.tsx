import { useState } from 'react';
import { request } from '../graphql/client';
import { ConnectAccountDocument } from '../graphql/generated';
import type { CalendarProviderInfo, ConnectionField } from '../graphql/types';
import { FormProblem, ModalForm } from '../ui/ModalForm';
import { ProviderIcon } from '../ui/ProviderIcon';
import { TextField } from '../ui/TextField';
import { formGaps, typedFields } from './connectionForm';
import type { ConnectionValues } from './connectionForm';
import { connectMessages } from './messages';

/** Connects an account with what its provider's form asks for. */
export function ConnectAccountForm({
  provider,
  onClose,
  onConnected,
}: {
  provider: CalendarProviderInfo;
  onClose: () => void;
  onConnected: () => void;
}) {
  const form = provider.form ?? [];
  const [values, setValues] = useState<ConnectionValues>({});

  const connect = async () => {
    const gaps = formGaps(form, values);
    if (Object.keys(gaps).length > 0) throw new FormProblem(gaps);
    await request(ConnectAccountDocument, { provider: provider.providerId, fields: typedFields(form, values) });
    onConnected();
  };

  return (
    <ModalForm
      title={connectMessages.connectProvider(provider.displayName)}
      icon={<ProviderIcon iconKey={provider.iconKey} />}
      fields={form.map(({ id }) => id)}
      submitLabel={connectMessages.connect}
      busyLabel={connectMessages.connecting}
      onClose={onClose}
      onSubmit={connect}
    >
      {(errors) =>
        form.map((field, index) => (
          <TextField
            key={field.id}
            label={field.label}
            {...inputAttributes(field)}
            placeholder={field.placeholder ?? (field.isOptional ? connectMessages.optional : undefined)}
            hint={field.help ?? undefined}
            isFirst={index === 0}
            isRequired={!field.isOptional}
            value={values[field.id] ?? ''}
            onChange={(value) => setValues((typed) => ({ ...typed, [field.id]: value }))}
            error={errors[field.id]}
          />
        ))
      }
    </ModalForm>
  );
}

/** The keyboard and the hiding that a field of this kind needs. */
function inputAttributes({ kind, isSecret }: ConnectionField) {
  if (isSecret) return { type: 'password', autoComplete: 'off' } as const;
  if (kind === 'URL') return { type: 'url' } as const;
  if (kind === 'SERVER') return { inputMode: 'url', autoCapitalize: 'none' } as const;
  return kind === 'EMAIL' ? ({ type: 'email' } as const) : ({ autoComplete: 'off', autoCapitalize: 'none' } as const);
}
