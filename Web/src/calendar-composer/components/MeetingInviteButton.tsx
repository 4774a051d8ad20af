import { isFlagOn, useCanCreateEvents } from '../../auth/featureFlags';
import { useSession } from '../../auth/sessionState';
import { Button } from '../../ui/Button';
import { useCalendarComposer } from '../hooks/useCalendarComposer';
import { composerMessages } from '../messages';
import type { CreateMeetingFromEmailOptions } from '../types/CalendarComposerTypes';

/** What a mail composer shows to have a meeting made; gone where the workspace has it off. */
export function MeetingInviteButton({
  isDisabled = false,
  options,
}: {
  isDisabled?: boolean;
  /** Asked when it is pressed. */
  options: () => CreateMeetingFromEmailOptions;
}) {
  const session = useSession();
  const canCreate = useCanCreateEvents();
  const { openCalendarComposerForEmail } = useCalendarComposer();
  if (!canCreate || !isFlagOn(session, 'IS_CALENDAR_EMAIL_INVITE_ENABLED')) return null;
  return (
    <Button
      icon="calendar"
      disabled={isDisabled}
      onClick={() => openCalendarComposerForEmail(options())}
    >
      {composerMessages.addInvitation}
    </Button>
  );
}
