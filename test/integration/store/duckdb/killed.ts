import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What the killed process had said by the time it died. */
export interface Killed {
  /** Samples handed to the store. */
  readonly appended: number;
  /** Samples the store had confirmed as committed. */
  readonly committed: number;
  /** Each turn's time, epoch ms, and the samples appended by then. */
  readonly turns: readonly { readonly ts: number; readonly appended: number }[];
}

const CHILD = fileURLToPath(new URL('./writing-child.ts', import.meta.url));

/** Lets a process write into the file and kills it -9 after some turns and a few milliseconds more. */
export const writeAndKill = async (path: string, start: number, turns: number, extraMs: number): Promise<Killed> => {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, path, String(start)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const seen: { ts: number; appended: number }[] = [];
  let committed = start;
  for await (const line of createInterface({ input: child.stdout })) {
    const [ts = 0, appended = 0, confirmed = 0] = line.split(' ').map(Number);
    seen.push({ ts, appended });
    committed = Math.max(committed, confirmed);
    if (seen.length === turns) setTimeout(() => child.kill('SIGKILL'), extraMs);
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  if (child.signalCode !== 'SIGKILL') throw new Error(`the child ended by itself with ${child.exitCode}`);
  return { appended: seen.at(-1)?.appended ?? start, committed, turns: seen };
};
