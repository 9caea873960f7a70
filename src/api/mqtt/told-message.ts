import { z } from 'zod';

/** A message as the broker gave it. */
export interface Heard {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
}

/** What a message gets that says nothing of it. */
export interface Unless {
  readonly id: () => string;
  readonly ts: number;
}

const fields = z.record(z.string(), z.unknown());

const parsed = (payload: string): unknown => {
  try {
    return JSON.parse(payload) as unknown;
  } catch {
    return payload;
  }
};

/** Filter under which facts come. */
export const observeFilter = (prefix: string): string => `${prefix}/observe/+/+`;

/**
 * The fact that a message tells: place and kind from its topic, the rest from JSON; the payload of a press may be its grade
 * alone. null for what a broker keeps and shows again at each connection, unless an id makes it safe.
 */
export const toldBy = (prefix: string, { topic, payload, retain }: Heard, unless: Unless): unknown => {
  const [placeId, kind] = topic.slice(`${prefix}/observe/`.length).split('/');
  const given = parsed(payload);
  const read = fields.safeParse(given);
  const own: Readonly<Record<string, unknown>> = read.success ? read.data : kind === 'press' ? { grade: given } : {};
  if (retain && own.id === undefined) return null;
  return { ts: unless.ts, ...own, id: own.id ?? unless.id(), placeId, kind };
};
