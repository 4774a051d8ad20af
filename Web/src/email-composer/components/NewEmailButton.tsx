import { useId } from 'react';
import { Button } from '../../ui/Button';
import { useEmailComposer } from '../hooks/useEmailComposer';
import { emailComposerMessages } from '../messages';
import type { EmailComposerOptions } from '../types';

/** The way into the mail composer from a record. */
export function NewEmailButton({
  options,
  disabledReason,
}: {
  options: EmailComposerOptions;
  disabledReason?: string;
}) {
  const reasonId = useId();
  const { openEmailComposer } = useEmailComposer();
  return (
    <span className="new-event" title={disabledReason}>
      <Button
        icon="mail"
        disabled={Boolean(disabledReason)}
        aria-describedby={disabledReason ? reasonId : undefined}
        onClick={() => void openEmailComposer(options)}
      >
        {emailComposerMessages.title}
      </Button>
      {disabledReason && (
        <span className="muted small" id={reasonId}>
          {disabledReason}
        </span>
      )}
    </span>
  );
}
