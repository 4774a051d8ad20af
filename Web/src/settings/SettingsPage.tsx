import { Link, useRouteLocation } from '../routing/router';
import { AccountsPage } from './AccountsPage';
import { FailedDeliveriesPage } from './FailedDeliveriesPage';
import { FlagsPage } from './FlagsPage';
import { settingsMessages } from './messages';
import './settings.css';

const tabs = [
  { path: 'accounts', title: settingsMessages.accounts },
  { path: 'failures', title: settingsMessages.failedDeliveries },
  { path: 'flags', title: settingsMessages.features },
];

export function SettingsPage() {
  const place = useRouteLocation().path[1];
  const tab = place === 'flags' || place === 'failures' ? place : 'accounts';
  return (
    <main className="page settings-page">
      <header className="page-header">
        <h1>{settingsMessages.title}</h1>
      </header>
      <nav className="tabs" aria-label={settingsMessages.title}>
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
