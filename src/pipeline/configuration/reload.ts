import { EDITED_LISTS } from '../../config/edit.js';
import type { Config } from '../../config/schema.js';
import type { RunningConfig } from './running-config.js';
import type { ContactWatch } from '../numbers/contact-watch.js';
import type { Monitor } from '../camera/monitor.js';

/** What taking the configuration file over again changed, by id. */
export interface Reloaded {
  readonly opened: readonly string[];
  readonly changed: readonly string[];
  readonly closed: readonly string[];
  readonly contactPoints: readonly string[];
  /** Sections that differ, too, and apply after a restart. */
  readonly needRestart: readonly string[];
}

/** Sections that a running service takes over. */
const APPLIED_AT_ONCE: ReadonlySet<string> = new Set(EDITED_LISTS);

interface Named {
  readonly id: string;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const compare = <Item extends Named>(before: readonly Item[], after: readonly Item[]) => ({
  added: after.filter(({ id }) => before.every((item) => item.id !== id)),
  changed: after.filter((item) => before.some((other) => other.id === item.id && !same(other, item))),
  removed: before.filter(({ id }) => after.every((item) => item.id !== id)),
});

const idsOf = (items: readonly Named[]): string[] => items.map(({ id }) => id);

/**
 * Applies the streams, contact points, places, factors and employees of `next`; those that did not change go on undisturbed. Throws CONFIG_INVALID or
 * PRIVACY_REFUSED and then changes nothing.
 */
export const reload = async (
  { running, monitor, contacts }: { running: RunningConfig; monitor: Monitor; contacts: ContactWatch },
  next: Config,
): Promise<Reloaded> => {
  const before = running.adopt(next);
  const streams = compare(before.streams, running.current.streams);
  const points = compare(before.contacts, running.current.contacts);
  for (const { id } of points.removed) contacts.remove(id);
  for (const point of [...points.added, ...points.changed]) contacts.put(point);
  await Promise.all([
    ...streams.removed.map(({ id }) => monitor.close(id)),
    ...[...streams.added, ...streams.changed].map((stream) => monitor.open(stream)),
  ]);
  return {
    opened: idsOf(streams.added),
    changed: idsOf(streams.changed),
    closed: idsOf(streams.removed),
    contactPoints: idsOf([...points.added, ...points.changed, ...points.removed]),
    needRestart: Object.entries(next)
      .filter(([name, section]) => !APPLIED_AT_ONCE.has(name) && !same(section, before[name as keyof Config]))
      .map(([name]) => name),
  };
};
