import { signOut, useSession } from './auth/sessionState';
import { useEmailComposer } from './email-composer';
import { messageFor } from './graphql/client';
import { Link, useRouteLocation } from './routing/router';
import { Avatar } from './ui/Avatar';
import { Button, IconButton } from './ui/Button';
import { Icon } from './ui/Icon';
import type { IconName } from './ui/Icon';
import { showToast } from './ui/Toast';

export const areas: Array<{ path: string; href: string; title: string; icon: IconName }> = [
  { path: 'calendar', href: '/calendar', title: 'Calendar', icon: 'calendar' },
  { path: 'people', href: '/people', title: 'People', icon: 'people' },
  { path: 'companies', href: '/companies', title: 'Companies', icon: 'company' },
  { path: 'opportunities', href: '/opportunities', title: 'Opportunities', icon: 'opportunity' },
  { path: 'settings', href: '/settings/accounts', title: 'Settings', icon: 'settings' },
];

export function Navigation() {
  const { member } = useSession();
  const here = useRouteLocation().path[0] ?? 'calendar';
  const name = member.displayName || member.email;
  const { openEmailComposer } = useEmailComposer();
  const leave = () => signOut().catch((error: unknown) => showToast(messageFor(error), 'danger'));
  return (
    <div className="sidebar">
      <div className="workspace">
        <span className="brand-mark">
          <Icon name="calendar" size={17} />
        </span>
        <span>{member.workspaceName}</span>
      </div>
      <nav aria-label="Main">
        {areas.map(({ path, href, title, icon }) => (
          <Link key={path} href={href} aria-current={path === here ? 'page' : undefined}>
            <Icon name={icon} />
            <span>{title}</span>
          </Link>
        ))}
      </nav>
      <div className="sidebar-action">
        <Button icon="mail" onClick={() => void openEmailComposer({ place: 'navigation' })}>
          Write an email
        </Button>
      </div>
      <div className="sidebar-member">
        <Avatar name={name} />
        <span className="sidebar-member-name" title={member.email}>
          {name}
        </span>
        <IconButton icon="signOut" label="Sign out" onClick={() => void leave()} />
      </div>
    </div>
  );
}
