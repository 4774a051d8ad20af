import { useId, useState } from 'react';
import { useStore } from '../state/store';
import { Button } from '../ui/Button';
import { commonMessages } from '../ui/messages';
import { Modal } from '../ui/Modal';
import { openQuestion } from './eventQuestion';
import type { EventAnswer, EventQuestion } from './eventQuestion';
import { questionMessages } from './messages';
import './event-changes.css';

/** Asks what is open to be asked, wherever in the app that happened. */
export function EventQuestionDialog() {
  const question = useStore(openQuestion);
  return question ? <Asking key={question.title} question={question} onAnswer={question.answer} /> : null;
}

function Asking({
  question: { title, message, scopes, confirmLabel, isDangerous },
  onAnswer,
}: {
  question: EventQuestion;
  onAnswer: (answer: EventAnswer | undefined) => void;
}) {
  const name = useId();
  const [scope, setScope] = useState(scopes[0]);
  const confirm = () => onAnswer({ scope });
  return (
    <Modal
      title={title}
      shape="alert"
      onClose={() => onAnswer(undefined)}
      onKeyDown={(event) => {
        // A button that has the focus is pressed; anywhere else Enter means yes.
        if (event.key !== 'Enter' || event.target instanceof HTMLButtonElement) return;
        event.preventDefault();
        confirm();
      }}
      footer={
        <>
          <Button onClick={() => onAnswer(undefined)} data-autofocus={scopes.length === 0 || undefined}>
            {commonMessages.cancel}
          </Button>
          <Button tone={isDangerous ? 'danger' : 'primary'} onClick={confirm}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {scopes.length > 0 && (
        <div className="scopes" role="radiogroup" aria-label={questionMessages.which}>
          {scopes.map((one) => (
            <label className="checkbox" key={one}>
              <input
                type="radio"
                name={name}
                value={one}
                checked={one === scope}
                data-autofocus={one === scopes[0] || undefined}
                onChange={() => setScope(one)}
              />
              {questionMessages.scopes[one]}
            </label>
          ))}
        </div>
      )}
      {message && <p>{message}</p>}
    </Modal>
  );
}
