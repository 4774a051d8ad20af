import { useEffect } from 'react';
import { createStore, useStore } from '../state/store';
import { Icon } from './Icon';

interface ToastMessage {
  id: number;
  text: string;
  tone: 'success' | 'danger';
}

const toastState = createStore<ToastMessage | undefined>(undefined);
let count = 0;

export function showToast(text: string, tone: ToastMessage['tone'] = 'success'): void {
  toastState.set({ id: ++count, text, tone });
}

export function Toasts() {
  const message = useStore(toastState);
  useEffect(() => {
    if (!message) return;
    const timer = setTimeout(() => toastState.set(undefined), 5000);
    return () => clearTimeout(timer);
  }, [message]);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {message && (
        <div className={`toast toast-${message.tone}`} key={message.id}>
          <Icon name={message.tone === 'success' ? 'check' : 'warning'} size={17} /> {message.text}
        </div>
      )}
    </div>
  );
}
