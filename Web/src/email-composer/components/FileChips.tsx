import { useEffect, useState } from 'react';
import { cancelMeeting, fetchInvitation } from '../../calendar-composer';
import type { MeetingCreatedResult } from '../../calendar-composer';
import { messageFor } from '../../graphql/client';
import { delay } from '../../state/delay';
import { Button } from '../../ui/Button';
import { FieldError } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { Modal } from '../../ui/Modal';
import { Spinner } from '../../ui/Spinner';
import { showToast } from '../../ui/Toast';
import { octetsOf } from '../draft';
import { fileMessages, invitationMessages } from '../messages';
import { editEmail } from '../states/emailComposerState';
import type { DraftFile, EmailDraft } from '../types';

/** The files of a mail; an invitation is one of them, and asks before it goes. */
export function FileChips({
  draft,
  error,
  onMeeting,
  onMeetingCanceled,
}: {
  draft: EmailDraft;
  error: string | undefined;
  /** What has become of a meeting that was waited for. */
  onMeeting: (file: DraftFile, result: MeetingCreatedResult, isGivenUp: boolean) => void;
  onMeetingCanceled: (link: string | undefined) => void;
}) {
  const [asked, setAsked] = useState<DraftFile>();
  const [isCanceling, setCanceling] = useState(false);

  const remove = (file: DraftFile) =>
    editEmail(
      (current) => ({ ...current, files: current.files.filter(({ id }) => id !== file.id) }),
      'attachments',
      'connectedAccountId',
    );

  const cancel = async (file: DraftFile) => {
    if (!file.meeting) return;
    setCanceling(true);
    try {
      await cancelMeeting(file.meeting.eventId);
      remove(file);
      onMeetingCanceled(file.meeting.link);
      setAsked(undefined);
      showToast(invitationMessages.canceled);
    } catch (failure) {
      showToast(messageFor(failure), 'danger');
    } finally {
      setCanceling(false);
    }
  };

  if (draft.files.length === 0 && !error) return null;
  return (
    <div className="field" role="group" aria-label={fileMessages.label}>
      <div className="chips">
        {draft.files.map((file) => (
          <span className="chip chip-record" key={file.id} title={file.name}>
            <Icon name={file.meeting ? 'calendar' : 'attach'} size={15} />
            <span className="chip-text">{file.name}</span>
            {file.meeting?.isWaitedFor ? (
              <WaitingForMeeting file={file} onMeeting={onMeeting} />
            ) : (
              <span className="muted small">{sizeWords(octetsOf(file))}</span>
            )}
            <button
              type="button"
              aria-label={fileMessages.remove(file.name)}
              onClick={() => (file.meeting ? setAsked(file) : remove(file))}
            >
              <Icon name="close" size={13} />
            </button>
          </span>
        ))}
      </div>
      {draft.files.some(isCopy) && (
        <p className="field-hint">{invitationMessages.isCopy}</p>
      )}
      <FieldError message={error} />
      {asked?.meeting && (
        <Modal
          title={invitationMessages.askCancel}
          shape="alert"
          onClose={() => setAsked(undefined)}
          footer={
            <>
              <Button
                data-autofocus
                onClick={() => {
                  remove(asked);
                  setAsked(undefined);
                }}
              >
                {invitationMessages.keep}
              </Button>
              <Button tone="danger" isBusy={isCanceling} onClick={() => void cancel(asked)}>
                {invitationMessages.cancel}
              </Button>
            </>
          }
        >
          <p>{invitationMessages.stays(asked.meeting.title)}</p>
        </Modal>
      )}
    </div>
  );
}

/** Where the calendar insists on inviting, the mail must not do so a second time. */
function isCopy({ meeting, contentBase64, type }: DraftFile): boolean {
  return meeting !== undefined && contentBase64 !== '' && !/method=/i.test(type);
}

const lookEveryMs = 1500;
/** For a video link; a calendar that is down is waited for as long as the mail is open. */
const mostLooks = 40;

/** Polls while the calendar, or the service of the video link, has not answered yet. */
function WaitingForMeeting({
  file,
  onMeeting,
}: {
  file: DraftFile;
  onMeeting: (file: DraftFile, result: MeetingCreatedResult, isGivenUp: boolean) => void;
}) {
  const [looks, setLooks] = useState(0);
  const eventId = file.meeting?.eventId;
  useEffect(() => {
    if (!eventId) return;
    let isOver = false;
    const look = async () => {
      try {
        const result = await fetchInvitation(eventId);
        if (isOver) return;
        const isGivenUp = looks >= mostLooks && result.icsFileContent !== '';
        if (result.isComplete || isGivenUp) return onMeeting(file, result, isGivenUp);
      } catch {
        // The next look may do better.
      }
      if (!isOver) setLooks((count) => count + 1);
    };
    const cancel = delay(() => void look(), lookEveryMs);
    return () => {
      isOver = true;
      cancel();
    };
  }, [eventId, looks]);
  return (
    <span className="muted small chip-action" role="status">
      <Spinner size={13} />{' '}
      {file.contentBase64 ? invitationMessages.makingLink : invitationMessages.waitingForCalendar}
    </span>
  );
}

export function sizeWords(octets: number): string {
  if (octets < 1024) return fileMessages.octets(octets);
  if (octets < 1024 * 1024) return fileMessages.kilobytes((octets / 1024).toFixed(0));
  return fileMessages.megabytes((octets / 1024 / 1024).toFixed(1));
}
