import type { ObservationInput } from '../../../../src/contracts/observation.js';
import type { Guess } from './service-clock.js';

export type Press = Extract<ObservationInput, { readonly kind: 'press' }>;

/** A fact that waits to be sent. */
export interface Waiting {
  /** Ascends with time. */
  readonly key: number;
  readonly fact: Press;
  /** How its time was guessed; null: it is certain, or was sent once and must not change. */
  readonly guess: Guess | null;
}

/** A fact that the service will not take. */
interface SetAside {
  readonly fact: Press;
  readonly code: string;
}

export interface QueueCounts {
  readonly waiting: number;
  readonly aside: number;
}

const FACTS = 'facts';
const ASIDE = 'aside';
const KEPT = 'kept';

const done = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('The transaction was cut off.'));
  });

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The database does not answer.'));
  });

/** What a kiosk keeps on its tablet: facts until they are taken, those refused, and a few values. */
export class Queue {
  private constructor(private readonly database: IDBDatabase) {}

  /** Rejects where the browser keeps nothing. */
  static async open(name: string): Promise<Queue> {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(FACTS, { keyPath: 'key', autoIncrement: true });
      request.result.createObjectStore(ASIDE, { autoIncrement: true });
      request.result.createObjectStore(KEPT);
    };
    return new Queue(await answer(request));
  }

  /** Resolves when the fact is on disk, whatever happens to the browser or its power. */
  async add(fact: Press, guess: Guess | null): Promise<void> {
    const transaction = this.writing(FACTS);
    transaction.objectStore(FACTS).add({ fact, guess });
    await done(transaction);
  }

  /** The oldest that wait. */
  async oldest(most: number): Promise<readonly Waiting[]> {
    const store = this.database.transaction(FACTS).objectStore(FACTS);
    return answer(store.getAll(null, most) as IDBRequest<Waiting[]>);
  }

  /** Gives guessed times as they are known now, and none is a guess from then on. */
  async settle(timeOf: (ts: number, guess: Guess) => number): Promise<void> {
    const transaction = this.writing(FACTS);
    const store = transaction.objectStore(FACTS);
    const request = store.openCursor();
    request.onsuccess = () => {
      const cursor = request.result;
      if (cursor === null) return;
      const { fact, guess, key } = cursor.value as Waiting;
      if (guess !== null) cursor.update({ key, guess: null, fact: { ...fact, ts: timeOf(fact.ts, guess) } });
      cursor.continue();
    };
    await done(transaction);
  }

  /** Takes facts off the queue: those taken are gone, those refused are kept aside. */
  async leave(taken: readonly number[], refused: readonly (SetAside & { readonly key: number })[]): Promise<void> {
    const transaction = this.writing(FACTS, ASIDE);
    for (const key of taken) transaction.objectStore(FACTS).delete(key);
    for (const { key, ...aside } of refused) {
      transaction.objectStore(FACTS).delete(key);
      transaction.objectStore(ASIDE).add(aside);
    }
    await done(transaction);
  }

  async counts(): Promise<QueueCounts> {
    const transaction = this.database.transaction([FACTS, ASIDE]);
    const [waiting, aside] = await Promise.all([
      answer(transaction.objectStore(FACTS).count()),
      answer(transaction.objectStore(ASIDE).count()),
    ]);
    return { waiting, aside };
  }

  /** A value that was kept under a name; null: none. */
  async kept<T>(name: string): Promise<T | null> {
    const store = this.database.transaction(KEPT).objectStore(KEPT);
    return (await answer(store.get(name) as IDBRequest<T | undefined>)) ?? null;
  }

  async keep(name: string, value: unknown): Promise<void> {
    const transaction = this.writing(KEPT);
    if (value === null) transaction.objectStore(KEPT).delete(name);
    else transaction.objectStore(KEPT).put(value, name);
    await done(transaction);
  }

  private writing(...stores: readonly string[]): IDBTransaction {
    return this.database.transaction([...stores], 'readwrite', { durability: 'strict' });
  }
}
