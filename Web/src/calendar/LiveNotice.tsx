import { useEffect, useState } from 'react';
import { useStore } from '../state/store';
import { liveState } from './liveEvents';
import { calendarPageMessages } from './messages';
import './calendar.css';

/** A connection that is back at once is not worth a word. */
const patienceMs = 10_000;

export function LiveNotice() {
  const isWaiting = useStore(liveState) === 'connecting';
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => setLong(true), patienceMs);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isWaiting]);
  return (
    <div className="live-notice" role="status">
      {isLong && <span>{calendarPageMessages.livePaused}</span>}
    </div>
  );
}
