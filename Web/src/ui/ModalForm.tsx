import { useRef, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { RequestFailure, messageFor } from '../graphql/client';
import { Button } from './Button';
import { Notice } from './EmptyState';
import { commonMessages } from './messages';
import { Modal } from './Modal';

export type FormErrors = Record<string, string>;

/** Something a form itself can tell is wrong: a sentence for each field. */
export class FormProblem extends Error {
  constructor(readonly fields: FormErrors) {
    super('The form isn’t complete.');
  }
}

/** A form in a dialog: one submit at a time, each refusal at its field, or above where it belongs to none. */
export function ModalForm({
  title,
  icon,
  fields,
  submitLabel = commonMessages.save,
  busyLabel,
  onClose,
  onSubmit,
  children,
}: {
  title: string;
  icon?: ReactNode;
  /** The fields that `children` shows errors for, as the server names them. */
  fields: readonly string[];
  submitLabel?: string;
  busyLabel?: string;
  onClose: () => void;
  onSubmit: () => Promise<void>;
  children: (errors: FormErrors) => ReactNode;
}) {
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState<FormErrors>({});
  const [failure, setFailure] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setErrors({});
    setFailure(undefined);
    try {
      await onSubmit();
    } catch (error) {
      const field = error instanceof RequestFailure ? error.field : undefined;
      if (error instanceof FormProblem) setErrors(error.fields);
      else if (field && fields.includes(field)) setErrors({ [field]: messageFor(error) });
      else setFailure(messageFor(error));
      setBusy(false);
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    }
  };

  return (
    <Modal title={title} icon={icon} onClose={onClose}>
      <form className="form" ref={form} onSubmit={submit} noValidate>
        {failure && <Notice tone="danger">{failure}</Notice>}
        {children(errors)}
        <div className="form-footer">
          <Button onClick={onClose}>{commonMessages.cancel}</Button>
          <Button tone="primary" type="submit" isBusy={isBusy}>
            {isBusy && busyLabel ? busyLabel : submitLabel}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
