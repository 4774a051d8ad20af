import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { createStore, useStore } from '../state/store';

export interface RouteLocation {
  /** Path segments: `/people/42` is `['people', '42']`. */
  path: string[];
  search: URLSearchParams;
  href: string;
}

function readLocation(): RouteLocation {
  const { pathname, search } = window.location;
  const path = pathname.split('/').filter(Boolean).map(decode);
  return { path, search: new URLSearchParams(search), href: pathname + search };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const locationState = createStore<RouteLocation>(readLocation());
window.addEventListener('popstate', () => locationState.set(readLocation()));

export function useRouteLocation(): RouteLocation {
  return useStore(locationState);
}

export function currentLocation(): RouteLocation {
  return locationState.get();
}

export function navigate(href: string, options: { replace?: boolean } = {}): void {
  if (href === locationState.get().href) return;
  if (options.replace) window.history.replaceState(null, '', href);
  else window.history.pushState(null, '', href);
  locationState.set(readLocation());
}

export function recordHref(list: string, id: string): string {
  return `/${list}/${encodeURIComponent(id)}`;
}

/** Where an event's details open: over the page one is on, or on the calendar. */
export function eventHref(eventId: string, place: RouteLocation = currentLocation()): string {
  if (place.path[0] === 'calendar' || place.path.length === 0) return recordHref('calendar', eventId);
  const search = new URLSearchParams(place.search);
  search.set('event', eventId);
  return `/${place.path.map(encodeURIComponent).join('/')}?${search}`;
}

export function openEventId(place: RouteLocation): string | undefined {
  if (place.path[0] === 'calendar') return place.path[1];
  return place.search.get('event') ?? undefined;
}

/** The page below an event's details. */
export function withoutEvent(place: RouteLocation): string {
  if (place.path[0] === 'calendar') return '/calendar';
  const search = new URLSearchParams(place.search);
  search.delete('event');
  const rest = search.toString();
  return `/${place.path.map(encodeURIComponent).join('/')}${rest ? `?${rest}` : ''}`;
}

export function Link({ href, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const isModified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (event.defaultPrevented || isModified || event.button !== 0) return;
    event.preventDefault();
    navigate(href);
  };
  return <a href={href} onClick={follow} {...rest} />;
}
