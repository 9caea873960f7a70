import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AuditEntry } from '../contracts/service/audit.js';
import { auditRecord, type AuditRecord } from '../contracts/service/audit-record.js';

/** A place in the chain: an entry's number and the SHA-256 of its line, hexadecimal. */
export interface ChainPoint {
  readonly seq: number;
  readonly hash: string;
}

/** Before the first entry. */
export const ORIGIN: ChainPoint = { seq: 0, hash: '0'.repeat(64) };

const HASH = /^[0-9a-f]{64}$/;
const LONGEST_TEXT = 256;

const { ts: _ts, ...recorded } = auditRecord.shape;

/** An entry with its time in words and the hash before it; numbers of entries are whole here. */
const lineSchema = z.strictObject({
  ...recorded,
  seq: z.int().min(1),
  time: z.iso.datetime({ precision: 3 }),
  of: z.int().nullable(),
  prev: z.string().regex(HASH),
});

const cut = (text: string): string => text.slice(0, LONGEST_TEXT);
const cutOrNull = (text: string | null): string | null => (text === null ? null : cut(text));

/** The one form in which an entry is written and hashed: JSON without spaces, keys in this order, no line break. */
const lineOf = ({ ts, ...record }: AuditRecord, prev: string): string =>
  JSON.stringify({
    seq: record.seq,
    time: new Date(ts).toISOString(),
    phase: record.phase,
    kind: record.kind,
    actor: cut(record.actor),
    action: cut(record.action),
    target: cutOrNull(record.target),
    outcome: record.outcome,
    address: cutOrNull(record.address),
    requestId: cutOrNull(record.requestId),
    of: record.of,
    prev,
  });

/** SHA-256 of a line without its line break. */
export const hashOf = (line: string): string => createHash('sha256').update(line).digest('hex');

/** An entry as it stands in the chain. */
export interface ChainedEntry {
  readonly record: AuditRecord;
  readonly line: string;
  readonly hash: string;
}

/** Entries in order with their numbers, lines and hashes behind a point of the chain. */
export const chained = (entries: readonly AuditEntry[], { seq, hash }: ChainPoint): readonly ChainedEntry[] => {
  let before = hash;
  return entries.map((entry, n) => {
    const record = { ...entry, seq: seq + n + 1 };
    const line = lineOf(record, before);
    before = hashOf(line);
    return { record, line, hash: before };
  });
};

/** Where the chain ends behind some entries. */
export const headOf = (entries: readonly ChainedEntry[], before: ChainPoint): ChainPoint => {
  const last = entries.at(-1);
  return last === undefined ? before : { seq: last.record.seq, hash: last.hash };
};

/** An entry and the hash of the line before it. */
export interface ReadLine {
  readonly record: AuditRecord;
  readonly prev: string;
}

/** Reads a line; null for what is none. */
export const parseLine = (line: string): ReadLine | null => {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success) return null;
  const { time, prev, ...record } = parsed.data;
  return { record: { ...record, ts: Date.parse(time) }, prev };
};

/** The number of a line without reading the rest of it; null for what is no line. */
export const seqOf = (line: string): number | null => {
  const digits = /^\{"seq":(\d{1,15}),/.exec(line)?.[1];
  return digits === undefined ? null : Number(digits);
};
