import { signOut, useSession } from './auth/sessionState';
import { calendarPageMessages } from './calendar/messages';
import { useEmailComposer } from './email-composer';
import { messageFor } from './graphql/client';
import { navigationMessages } from './messages';
import { kindMessages } from './records/messages';
import { Link, useRouteLocation } from './routing/router';
import { settingsMessages } from './settings/messages';
import { Avatar } from './ui/Avatar';
import { Button, IconButton } from './ui/Button';
import { Icon } from './ui/Icon';
import type { IconName } from './ui/Icon';
import { showToast } from './ui/Toast';

export const areas: Array<{ path: string; href: string; title: string; icon: IconName }> = [
  { path: 'calendar', href: '/calendar', title: calendarPageMessages.title, icon: 'calendar' },
  { path: 'people', href: '/people', title: kindMessages.person.plural, icon: 'people' },
  { path: 'companies', href: '/companies', title: kindMessages.company.plural, icon: 'company' },
  {
    path: 'opportunities',
    href: '/opportunities',
    title: kindMessages.opportunity.plural,
    icon: 'opportunity',
  },
  { path: 'settings', href: '/settings/accounts', title: settingsMessages.title, icon: 'settings' },
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
      <nav aria-label={navigationMessages.label}>
        {areas.map(({ path, href, title, icon }) => (
          <Link key={path} href={href} aria-current={path === here ? 'page' : undefined}>
            <Icon name={icon} />
            <span>{title}</span>
          </Link>
        ))}
      </nav>
      <div className="sidebar-action">
        <Button icon="mail" onClick={() => void openEmailComposer({ place: 'navigation' })}>
          {navigationMessages.writeEmail}
        </Button>
      </div>
      <div className="sidebar-member">
        <Avatar name={name} />
        <span className="sidebar-member-name" title={member.email}>
          {name}
        </span>
        <IconButton icon="signOut" label={navigationMessages.signOut} onClick={() => void leave()} />
      </div>
    </div>
  );
}
