import { forwardRef } from 'react';
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Icon } from './Icon';
import type { IconName } from './Icon';
import { Spinner } from './Spinner';

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  tone?: 'plain' | 'primary' | 'quiet' | 'danger';
  icon?: IconName;
  isBusy?: boolean;
  children?: ReactNode;
};

export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { tone = 'plain', icon, isBusy = false, children, className, onClick, type = 'button', ...rest },
  ref,
) {
  return (
    // A busy button is not `disabled`: that would throw the keyboard's focus out of the dialog it is in.
    <button
      ref={ref}
      type={type}
      className={`button button-${tone} ${className ?? ''}`}
      aria-busy={isBusy || undefined}
      aria-disabled={isBusy || undefined}
      onClick={isBusy ? undefined : onClick}
      {...rest}
    >
      {isBusy ? <Spinner size={15} /> : icon ? <Icon name={icon} size={17} /> : null}
      {children !== undefined && <span>{children}</span>}
    </button>
  );
});

export function IconButton({
  icon,
  label,
  className,
  ...rest
}: Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> & { icon: IconName; label: string }) {
  return (
    <button
      type="button"
      className={`icon-button ${className ?? ''}`}
      aria-label={label}
      title={label}
      {...rest}
    >
      <Icon name={icon} />
    </button>
  );
}
