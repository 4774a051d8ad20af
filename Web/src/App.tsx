import { useEffect } from 'react';
import { loadSession, sessionState, useSession } from './auth/sessionState';
import { SignInPage } from './auth/SignInPage';
import { CalendarEventCreateModal, CalendarEventEditModal } from './calendar-composer';
import { CalendarPage } from './calendar/CalendarPage';
import { EventDetailsPanel } from './calendar/EventDetailsPanel';
import { LiveNotice } from './calendar/LiveNotice';
import { followEvents } from './calendar/liveEvents';
import { EmailComposeModal } from './email-composer';
import { EventQuestionDialog, VersionChoiceDialog } from './event-changes';
import { appMessages } from './messages';
import { Navigation, areas } from './Navigation';
import {
  CompanyPage,
  OpportunityPage,
  PersonPage,
  RecordListPage,
  companies,
  opportunities,
  people,
} from './records';
import { Link, openEventId, useRouteLocation } from './routing/router';
import { ReconnectBanner, SettingsPage } from './settings';
import { useStore } from './state/store';
import { EmptyState, LoadFailure } from './ui/EmptyState';
import { commonMessages } from './ui/messages';
import { Loading } from './ui/Spinner';
import { Toasts } from './ui/Toast';

export function App() {
  const state = useStore(sessionState);
  switch (state.status) {
    case 'starting':
      return <Loading>{appMessages.starting}</Loading>;
    case 'failed':
      return <LoadFailure message={state.message} onRetry={() => void loadSession()} />;
    case 'signedOut':
      return <SignInPage />;
    case 'signedIn':
      return <SignedIn />;
  }
}

function SignedIn() {
  const { member } = useSession();
  useEffect(() => followEvents(), [member.id]);
  const place = useRouteLocation();
  const eventId = openEventId(place);
  const area = areas.find(({ path }) => path === (place.path[0] ?? 'calendar'));
  useEffect(() => {
    document.title = area ? appMessages.windowTitle(area.title) : commonMessages.productName;
  }, [area]);
  return (
    <div className="shell">
      <Navigation />
      <div className="main-column">
        <ReconnectBanner />
        <Page path={place.path} />
      </div>
      {eventId && <EventDetailsPanel key={eventId} eventId={eventId} />}
      <EmailComposeModal />
      <CalendarEventCreateModal />
      <CalendarEventEditModal />
      <EventQuestionDialog />
      <VersionChoiceDialog />
      <LiveNotice />
      <Toasts />
    </div>
  );
}

function Page({ path }: { path: string[] }) {
  const [area = 'calendar', id] = path;
  switch (area) {
    case 'calendar':
      return <CalendarPage />;
    case 'people':
      return id ? <PersonPage key={id} id={id} /> : <RecordListPage key={area} kind={people} />;
    case 'companies':
      return id ? <CompanyPage key={id} id={id} /> : <RecordListPage key={area} kind={companies} />;
    case 'opportunities':
      return id ? <OpportunityPage key={id} id={id} /> : <RecordListPage key={area} kind={opportunities} />;
    case 'settings':
      return <SettingsPage />;
    default:
      return (
        <main className="page">
          <EmptyState icon="search" title={appMessages.pageNotFound}>
            <Link href="/calendar">{appMessages.goToCalendar}</Link>
          </EmptyState>
        </main>
      );
  }
}
