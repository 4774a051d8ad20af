/** What other modules may use of the mail composer. */
export { EmailComposeModal } from './components/EmailComposeModal';
export { EmailsCard } from './components/EmailsCard';
export { NewEmailButton } from './components/NewEmailButton';
export { useEmailComposer } from './hooks/useEmailComposer';
export type { EmailComposerOptions } from './types';
