import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ChainPoint } from './entry-line.js';

const NAME = 'chain.json';

const point = z.strictObject({ seq: z.int().min(0), hash: z.string().regex(/^[0-9a-f]{64}$/) });
const stateSchema = z.strictObject({ anchor: point, head: point });

/** What is kept beside the segments: the newest entry, and the last one of those that rotation has removed. */
export interface ChainState {
  /** The first entry that is kept follows this one. */
  readonly anchor: ChainPoint;
  /** Never newer than what is on disk, and older only for a moment. */
  readonly head: ChainPoint;
}

/** The state of a folder; null where there is none or it cannot be understood. */
export const readState = async (folder: string): Promise<ChainState | null> => {
  try {
    return stateSchema.parse(JSON.parse(await readFile(join(folder, NAME), 'utf8')));
  } catch {
    return null;
  }
};

export interface WriteOptions {
  /** On disk when this resolves; else with the next one that must be, or when the system likes. */
  readonly durable: boolean;
  /** Sees the new file before it gets its name. */
  readonly own: (path: string) => Promise<void>;
}

/** Replaces the state at once. */
export const writeState = async (folder: string, state: ChainState, { durable, own }: WriteOptions): Promise<void> => {
  const fresh = join(folder, `${NAME}.new`);
  try {
    const file = await open(fresh, 'w', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(state)}\n`);
      if (durable) await file.datasync();
    } finally {
      await file.close();
    }
    await own(fresh);
    await rename(fresh, join(folder, NAME));
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    throw error;
  }
};
