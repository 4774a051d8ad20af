import type { ReactNode } from 'react';
import { Icon } from '../ui/Icon';
import type { IconName } from '../ui/Icon';

/** One thing about an event, named for those who do not see the icon. */
export function DetailLine({ icon, label, children }: { icon: IconName; label: string; children: ReactNode }) {
  return (
    <section className="details-line" aria-label={label}>
      <Icon name={icon} />
      <div>{children}</div>
    </section>
  );
}
