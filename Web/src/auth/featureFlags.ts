import type { FeatureFlagKey } from '../graphql/generated';
import { useSession } from './sessionState';
import type { Session } from './sessionState';

const master = 'IS_CALENDAR_COMPOSE_ENABLED';
const create = 'IS_CALENDAR_EVENT_CREATE_ENABLED';

/** A flag that has no row is off. */
export function isFlagOn(session: Session, key: FeatureFlagKey): boolean {
  return session.flags.some((flag) => flag.key === key && flag.enabled);
}

/** The server guards this too; here it decides what is offered. The master flag comes first. */
export function useCanCreateEvents(): boolean {
  const session = useSession();
  return isFlagOn(session, master) && isFlagOn(session, create);
}
