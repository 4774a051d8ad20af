import { Link, useRouteLocation } from '../routing/router';
import { AccountsPage } from './AccountsPage';
import { FailedDeliveriesPage } from './FailedDeliveriesPage';
import { FlagsPage } from './FlagsPage';
import './settings.css';

const tabs = [
  { path: 'accounts', title: 'Accounts' },
  { path: 'failures', title: 'Failed deliveries' },
  { path: 'flags', title: 'Features' },
];

export function SettingsPage() {
  const place = useRouteLocation().path[1];
  const tab = place === 'flags' || place === 'failures' ? place : 'accounts';
  return (
    <main className="page settings-page">
      <header className="page-header">
        <h1>Settings</h1>
      </header>
      <nav className="tabs" aria-label="Settings">
        {tabs.map(({ path, title }) => (
          <Link key={path} href={`/settings/${path}`} aria-current={path === tab ? 'page' : undefined}>
            {title}
          </Link>
        ))}
      </nav>
      {tab === 'flags' ? <FlagsPage /> : tab === 'failures' ? <FailedDeliveriesPage /> : <AccountsPage />}
    </main>
  );
}
