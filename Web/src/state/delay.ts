/** Does something once, later; the answer calls it off. */
export type Delay = (action: () => void, milliseconds: number) => () => void;

export const delay: Delay = (action, milliseconds) => {
  const timer = setTimeout(action, milliseconds);
  return () => clearTimeout(timer);
};
