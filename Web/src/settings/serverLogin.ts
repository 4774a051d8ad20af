import { problemWith } from '../ui/emailAddress';

/** What a person types to connect an account on a calendar server. */
export interface ServerLogin {
  serverUrl: string;
  username: string;
  password: string;
  handle: string;
}

/** The server takes the user name for the email address where it is one and no other is given. */
export function needsHandle({ username }: ServerLogin): boolean {
  return username.trim() !== '' && problemWith(username.trim()) !== undefined;
}

/** A sentence for each field that the server would refuse. */
export function loginGaps(login: ServerLogin): Partial<Record<keyof ServerLogin, string>> {
  const gaps: Partial<Record<keyof ServerLogin, string>> = {};
  const isAddress = /^https?:\/\/\S+$/i.test(login.serverUrl.trim());
  if (!isAddress) gaps.serverUrl = 'Enter an address that begins with https://.';
  if (!login.username.trim()) gaps.username = 'Enter the user name.';
  if (!login.password) gaps.password = 'Enter the password.';
  const handle = login.handle.trim();
  const problem = handle ? problemWith(handle) : undefined;
  if (problem) gaps.handle = problem;
  if (!handle && needsHandle(login)) {
    gaps.handle = 'Enter your email address: the user name is not one.';
  }
  return gaps;
}
