import type { InputHTMLAttributes } from 'react';
import { Field } from './Field';

/** A line of text with its label, a hint, and the sentence that says what is wrong with it. */
export function TextField({
  label,
  value,
  onChange,
  isFirst,
  isRequired,
  error,
  hint,
  ...input
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  isFirst?: boolean;
  isRequired?: boolean;
  error?: string;
  hint?: string;
} & Pick<InputHTMLAttributes<HTMLInputElement>, 'type' | 'inputMode' | 'placeholder' | 'autoComplete' | 'autoCapitalize'>) {
  return (
    <Field label={label} isRequired={isRequired} error={error} hint={hint}>
      {(control) => (
        <input
          type="text"
          {...input}
          {...control}
          data-autofocus={isFirst || undefined}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
