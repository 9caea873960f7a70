import type { OfflineReason } from '../../contracts/stream.js';
import type { RunningSource, SourceEnd } from '../frame-source.js';

/** What the system says when it has nothing left to make a process of. */
const EXHAUSTED: Readonly<Record<string, string>> = {
  EMFILE: 'This service may open no more files: no decoder can be started (ulimit -n, LimitNOFILE).',
  ENFILE: 'This machine can open no more files: no decoder can be started.',
  EAGAIN: 'No more processes may be started: no decoder can be started (TasksMax, ulimit -u).',
  ENOMEM: 'This machine has no memory left to start a decoder.',
};

/** Why a decoder could not be started, from the system's error. */
export const whyNotStarted = ({ code = '' }: NodeJS.ErrnoException): { reason: OfflineReason; detail: string } => {
  const exhausted = EXHAUSTED[code];
  if (exhausted !== undefined) return { reason: 'exhausted', detail: exhausted };
  const detail = code === 'ENOENT' ? 'ffmpeg is not installed.' : 'ffmpeg cannot be started.';
  return { reason: 'decoder-missing', detail };
};

/** The end of a source that never ran. */
export const neverStarted = (error: NodeJS.ErrnoException): SourceEnd => ({
  ...whyNotStarted(error),
  ...{ exitCode: null, signal: null, lines: [] },
});

/** A source that has ended already: its camera tries again, where a thrown error would end it for good. */
export const endedSource = (end: SourceEnd): RunningSource => ({
  ended: Promise.resolve(end),
  pause: () => undefined,
  resume: () => undefined,
  stop: () => Promise.resolve(),
});
