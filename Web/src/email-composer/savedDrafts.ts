import type { EmailDraft } from './types';

/**
 * Mails that are being written, kept in this browser: nothing is lost when a page is loaded again.
 *
 * Each member has their own, one for each place that a mail is begun from.
 */
const databaseName = 'phos-mail';
const storeName = 'drafts';

interface KeptDraft {
  memberId: string;
  place: string;
  draft: EmailDraft;
  /** Whether it was on screen when it was kept last. */
  isOpen: boolean;
}

export async function keepDraft(memberId: string, draft: EmailDraft, isOpen: boolean): Promise<void> {
  const kept: KeptDraft = { memberId, place: draft.place, draft, isOpen };
  await inStore('readwrite', (store) => store.put(kept));
}

export async function forgetDraft(memberId: string, place: string): Promise<void> {
  await inStore('readwrite', (store) => store.delete([memberId, place]));
}

export async function savedDraft(memberId: string, place: string): Promise<EmailDraft | undefined> {
  const kept = await inStore<KeptDraft | undefined>('readonly', (store) => store.get([memberId, place]));
  return kept?.draft;
}

/** The one that was on screen when the page went away. */
export async function unsentDraft(memberId: string): Promise<EmailDraft | undefined> {
  const all = await inStore<KeptDraft[]>('readonly', (store) => store.getAll());
  return all?.find((kept) => kept.memberId === memberId && kept.isOpen)?.draft;
}

/** Where the browser keeps nothing, as in some private windows, a draft lives as long as its page. */
async function inStore<Result>(
  mode: IDBTransactionMode,
  run: (store: IDBObjectStore) => IDBRequest,
): Promise<Result | undefined> {
  try {
    const database = await openDatabase();
    try {
      const transaction = database.transaction(storeName, mode);
      const asked = run(transaction.objectStore(storeName));
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = transaction.onerror = () => reject(transaction.error);
      });
      return asked.result as Result;
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(databaseName, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(storeName, { keyPath: ['memberId', 'place'] });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}
