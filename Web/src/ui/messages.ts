/**
 * The texts that every module shares, and those of the parts in this folder.
 *
 * In every `messages.ts`: an object for each screen or component, and in it whole texts, named for what they say. A
 * text with something to fill in is a function: one value is passed by itself, several by their names. Plurals are
 * decided here; dates and times arrive written by `time`, and names of products as the server gives them.
 */
export const commonMessages = {
  productName: 'Phos Calendar',
  cancel: 'Cancel',
  close: 'Close',
  discard: 'Discard',
  loading: 'Loading…',
  none: 'None',
  save: 'Save',
  saving: 'Saving…',
  showMore: 'Show more',
  tryAgain: 'Try again',
  undo: 'Undo',
  /** The keys that send a form, as they are written on the keyboard. */
  submitKeys: (isApple: boolean) => (isApple ? '⌘ Enter' : 'Ctrl + Enter'),
};

export const emailAddressMessages = {
  missingAt: 'This isn’t an email address: the @ is missing.',
  missingLocalPart: 'The part before the @ is missing.',
  missingDomain: 'The part after the @ is missing.',
  forbiddenCharacters: 'The part before the @ contains characters that aren’t allowed.',
  misplacedDot: 'The part before the @ has a misplaced dot.',
  tooLong: 'This address is too long.',
  notADomain: 'The part after the @ isn’t a domain such as example.com.',
  problemOf: ({ email, problem = '' }: { email: string; problem?: string }) => `${email}: ${problem}`,
};
