import { useId } from 'react';
import type { ReactNode } from 'react';

export interface FieldControl {
  id: string;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
}

/** A label, its control, a hint, and the sentence that says what is wrong with it. */
export function Field({
  label,
  error,
  hint,
  isRequired = false,
  className,
  children,
}: {
  label: string;
  error?: string;
  hint?: ReactNode;
  isRequired?: boolean;
  className?: string;
  children: (control: FieldControl) => ReactNode;
}) {
  const id = useId();
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
  return (
    <div className={`field ${error ? 'field-invalid' : ''} ${className ?? ''}`}>
      <label htmlFor={id}>
        {label}
        {isRequired && (
          <span className="required" aria-hidden="true">
            {' '}
            *
          </span>
        )}
      </label>
      {children({ id, 'aria-invalid': error ? true : undefined, 'aria-describedby': described || undefined })}
      {hint && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FieldError id={`${id}-error`} message={error} />
    </div>
  );
}

export function FieldError({ id, message }: { id?: string; message: string | undefined }) {
  if (!message) return null;
  return (
    <p className="field-error" id={id} role="alert">
      {message}
    </p>
  );
}

export function Switch({
  label,
  detail,
  isOn,
  isDisabled,
  onChange,
}: {
  label: string;
  detail?: string;
  isOn: boolean;
  isDisabled?: boolean;
  onChange: (isOn: boolean) => void;
}) {
  const id = useId();
  return (
    <div className="switch-row">
      <div>
        <label htmlFor={id}>{label}</label>
        {detail && (
          <p className="field-hint" id={`${id}-detail`}>
            {detail}
          </p>
        )}
      </div>
      <button
        id={id}
        type="button"
        role="switch"
        className="switch"
        aria-checked={isOn}
        aria-describedby={detail ? `${id}-detail` : undefined}
        disabled={isDisabled}
        onClick={() => onChange(!isOn)}
      >
        <span className="switch-thumb" />
      </button>
    </div>
  );
}
