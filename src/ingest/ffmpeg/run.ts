import { spawn } from 'node:child_process';
import { CameraFault } from '../camera-fault.js';
import { classifyEnd } from './classify.js';
import { LogLines } from './log-lines.js';
import { whyNotStarted } from './not-started.js';

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  readonly command?: string | undefined;
  /** Called with the value of each `out_time_us` that ffmpeg reports (needs `-progress pipe:1`). */
  readonly onOutTimeUs?: (timeUs: number) => void;
}

/** Runs ffmpeg to its end; throws CameraFault with its last words when it fails or `signal` aborts. */
export const runFfmpeg = async (args: readonly string[], options: RunOptions = {}): Promise<void> => {
  const child = spawn(options.command ?? 'ffmpeg', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const log = new LogLines(
    (line) => line,
    () => undefined,
  );
  const abort = (): void => void child.kill('SIGKILL');
  options.signal?.addEventListener('abort', abort, { once: true });
  child.stderr.on('data', (chunk: Buffer) => void log.push(chunk));
  child.stdout.setEncoding('latin1').on('data', (text: string) => {
    const timeUs = /out_time_us=(\d+)/.exec(text)?.[1];
    if (timeUs !== undefined) options.onOutTimeUs?.(Number(timeUs));
  });
  await new Promise<void>((resolve, reject) => {
    child.once('error', (cause) => {
      const { reason, detail } = whyNotStarted(cause);
      reject(new CameraFault(reason, detail, { cause }));
    });
    child.once('close', (exitCode, signal) => {
      if (exitCode === 0) {
        resolve();
        return;
      }
      const lines = log.last();
      const { reason, detail } = classifyEnd({
        exitCode,
        signal,
        lines,
        pictures: 0,
        stopped: false,
        waitedOut: false,
      });
      reject(new CameraFault(reason, detail, { details: { lines } }));
    });
  }).finally(() => options.signal?.removeEventListener('abort', abort));
};
