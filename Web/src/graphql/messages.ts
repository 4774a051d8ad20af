/** Why a request failed, and names that are missing. How texts are kept: `ui/messages.ts`. */
export const requestMessages = {
  unreachable: 'Can’t reach the server. Check your connection.',
  signedOut: 'Please sign in again.',
  unreadableAnswer: 'The server sent an unexpected response. Try again in a moment.',
  tooLarge: 'That’s too much to send at once.',
  tooMany: 'Too many requests at once. Wait a moment and try again.',
  serverFailed: 'Something went wrong on the server. Try again in a moment.',
  failed: 'Something went wrong. Try again in a moment.',
};

export const personMessages = {
  unnamed: 'Unnamed person',
};
