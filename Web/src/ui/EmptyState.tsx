import type { ReactNode } from 'react';
import { Button } from './Button';
import { Icon } from './Icon';
import type { IconName } from './Icon';
import { commonMessages } from './messages';

export function EmptyState({
  icon,
  title,
  children,
}: {
  icon: IconName;
  title: string;
  children?: ReactNode;
}) {
  return (
    <div className="empty-state">
      <span className="empty-state-icon">
        <Icon name={icon} size={26} />
      </span>
      <p className="empty-state-title">{title}</p>
      {children && <div className="empty-state-body">{children}</div>}
    </div>
  );
}

export function LoadFailure({ message, onRetry }: { message: string; onRetry: () => void }) {
  return (
    <div className="empty-state" role="alert">
      <span className="empty-state-icon">
        <Icon name="warning" size={26} />
      </span>
      <p className="empty-state-title">{message}</p>
      <Button icon="refresh" onClick={onRetry}>
        {commonMessages.tryAgain}
      </Button>
    </div>
  );
}

export function Notice({
  tone = 'info',
  children,
  action,
}: {
  tone?: 'info' | 'warning' | 'danger' | 'success';
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={`notice notice-${tone}`} role={tone === 'danger' ? 'alert' : 'status'}>
      <span className="notice-icon">
        <Icon name={tone === 'success' ? 'check' : tone === 'info' ? 'clock' : 'warning'} size={17} />
      </span>
      <div className="notice-body">{children}</div>
      {action}
    </div>
  );
}
