/** Signing in, and what every page says about accounts. How texts are kept: `ui/messages.ts`. */
export const signInMessages = {
  intro: 'Sign in to your workspace.',
  email: 'Email',
  password: 'Password',
  signIn: 'Sign in',
  tooManyAttempts: 'Too many attempts. Wait a minute and try again.',
  wrongPassword: 'Incorrect email address or password.',
  failed: 'Couldn’t sign in. Try again in a moment.',
  notRecognized:
    "You are signed in, but this browser's next request wasn't recognized. " +
    'Ask your administrator to check PHOS_PUBLIC_URL.',
};

export const accountMessages = {
  openSettings: 'Open the account settings.',
  reconnect: 'Reconnect',
  reconnectThis: 'Reconnect this account.',
  /** A calendar whose provider is not known, within a sentence. */
  theCalendar: 'the calendar',
};
