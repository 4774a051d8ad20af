import { commonMessages } from './messages';

export function Spinner({ size = 18 }: { size?: number }) {
  return (
    <svg className="spinner" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" strokeWidth="2.5" opacity="0.25" />
      <path
        d="M21 12a9 9 0 0 0-9-9"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.5"
        strokeLinecap="round"
      />
    </svg>
  );
}

/** Something is on its way, said to eyes and to screen readers. */
export function Loading({ children = commonMessages.loading }: { children?: string }) {
  return (
    <div className="loading" role="status">
      <Spinner /> <span>{children}</span>
    </div>
  );
}
