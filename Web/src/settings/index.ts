export { SettingsPage } from './SettingsPage';
export { ReconnectBanner } from './ReconnectBanner';
