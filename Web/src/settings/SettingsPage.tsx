import { Link, usePlace } from '../routing/router';
import { AccountsPage } from './AccountsPage';
import { FlagsPage } from './FlagsPage';
import './settings.css';

const tabs = [
  { path: 'accounts', title: 'Accounts' },
  { path: 'flags', title: 'Features' },
];

export function SettingsPage() {
  const tab = usePlace().path[1] === 'flags' ? 'flags' : 'accounts';
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
      {tab === 'flags' ? <FlagsPage /> : <AccountsPage />}
    </main>
  );
}
