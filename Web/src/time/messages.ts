/** The words among dates and times. How they are kept: `ui/messages.ts`. */
export const timeMessages = {
  allDay: 'All day',
  allDayOn: (day: string) => `${day}, all day`,
  hours: ({ from, to }: { from: string; to: string }) => `${from} → ${to}`,
  /** For screen readers, which do not read an arrow. */
  spokenHours: ({ from, to }: { from: string; to: string }) => `${from} to ${to}`,
};
