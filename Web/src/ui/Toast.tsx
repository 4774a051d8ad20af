import { useEffect } from 'react';
import { createStore, useStore } from '../state/store';
import { Icon } from './Icon';

interface ToastAction {
  label: string;
  run: () => void;
}

interface ToastOptions {
  /** What can be done about it, for as long as the words are there. */
  action?: ToastAction;
  milliseconds?: number;
}

interface ToastMessage extends ToastOptions {
  id: number;
  text: string;
  tone: 'success' | 'danger';
}

/** The newest last; an older one with something to press is not pushed away by the next. */
const toastState = createStore<readonly ToastMessage[]>([]);
const shownMs = 5000;
const mostShown = 3;
let count = 0;

/** Answers what takes it away before its time. */
export function showToast(
  text: string,
  tone: ToastMessage['tone'] = 'success',
  options: ToastOptions = {},
): () => void {
  const message = { id: ++count, text, tone, ...options };
  toastState.update((current) => [...current.filter(({ action }) => action), message].slice(-mostShown));
  return () => take(message.id);
}

function take(id: number): void {
  toastState.update((current) => current.filter((message) => message.id !== id));
}

export function Toasts() {
  const messages = useStore(toastState);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {messages.map((message) => (
        <Toast key={message.id} message={message} />
      ))}
    </div>
  );
}

function Toast({ message: { id, text, tone, action, milliseconds = shownMs } }: { message: ToastMessage }) {
  useEffect(() => {
    const timer = setTimeout(() => take(id), milliseconds);
    return () => clearTimeout(timer);
  }, [id, milliseconds]);
  return (
    <div className={`toast toast-${tone}`}>
      <Icon name={tone === 'success' ? 'check' : 'warning'} size={17} /> <span>{text}</span>
      {action && (
        <button
          type="button"
          onClick={() => {
            take(id);
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
    </div>
  );
}
