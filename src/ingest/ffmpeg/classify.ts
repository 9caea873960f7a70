import type { OfflineReason } from '../../contracts/stream.js';

interface Rule {
  readonly pattern: RegExp;
  readonly reason: OfflineReason;
  readonly detail: string;
}

/** Said by prlimit or the loader, before the decoder has seen anything of the video. */
const NO_MEMORY: Rule = {
  pattern: /^prlimit: .*Cannot allocate memory|error while loading shared libraries: .*(?:map|allocate)/,
  reason: 'exhausted',
  detail: 'This machine has no memory left to start a decoder.',
};

const TOO_LARGE: Rule = {
  pattern: /Cannot allocate memory|Failed to allocate|exceeds specified max pixel|Picture size .* (is )?invalid/,
  reason: 'too-large',
  detail: 'The video needs more memory than one decoder may have.',
};

/** What ffmpeg says and what it means. */
const RULES: readonly Rule[] = [
  {
    pattern: /^prlimit: failed to execute .*No such file/,
    reason: 'decoder-missing',
    detail: 'ffmpeg is not installed.',
  },
  { pattern: /^prlimit: /, reason: 'decoder-missing', detail: 'ffmpeg cannot be started.' },
  TOO_LARGE,
  {
    pattern: /401 Unauthorized|authorization failed/i,
    reason: 'unauthorised',
    detail: 'The source refuses this user name or password.',
  },
  {
    pattern: /403 Forbidden|access denied|Permission denied|Operation not permitted/i,
    reason: 'forbidden',
    detail: 'The source may not be read by this user.',
  },
  {
    pattern: /461 Unsupported transport|Protocol not supported|Nonmatching transport/i,
    reason: 'transport',
    detail: 'The camera sends its video over no transport that can be taken here.',
  },
  {
    pattern:
      /453 Not Enough Bandwidth|429 Too Many Requests|503 Service (Temporarily )?Unavailable|Device or resource busy/i,
    reason: 'busy',
    detail: 'The source serves no more viewers now.',
  },
  {
    pattern: /Failed to resolve hostname|Name or service not known|Temporary failure in name resolution/i,
    reason: 'unknown-host',
    detail: 'No machine has this name.',
  },
  {
    pattern:
      /404 (Stream |File )?Not Found|400 Bad Request|410 Gone|454 Session|No such file or directory|No such device|Is a directory/i,
    reason: 'not-found',
    detail: 'There is nothing at this address.',
  },
  {
    pattern:
      /Connection refused|Address already in use|No route to host|(Network|Host) is (unreachable|down)|Connection reset/i,
    reason: 'unreachable',
    detail: 'The machine does not accept the connection.',
  },
  { pattern: /timed out/i, reason: 'timeout', detail: 'The source did not answer in time.' },
  {
    pattern: /Protocol not found|not (on|in) (the )?(protocol_|format_)?whitelist|Port missing in uri/i,
    reason: 'invalid-url',
    detail: 'The source names something that may not be opened.',
  },
  {
    pattern: /Could not write header for output file #1/,
    reason: 'awaiting-key-frame',
    detail: 'Video arrives; its next key picture is awaited.',
  },
  {
    pattern: /matches no streams|does not contain any stream/i,
    reason: 'no-video',
    detail: 'The source has no video.',
  },
  {
    pattern: /Decoder \(.*not found|no decoder found|Unknown decoder|Unsupported codec/i,
    reason: 'unsupported-codec',
    detail: 'The video cannot be decoded here.',
  },
  {
    pattern: /Invalid data found|moov atom not found|Error while decoding|Could not find codec parameters/i,
    reason: 'corrupt',
    detail: 'The data is damaged or not a video.',
  },
];

/** What ffmpeg adds to a more telling line before it; believed where there is none. */
const VAGUE: readonly Rule[] = [
  { pattern: /Server returned 4XX/i, reason: 'not-found', detail: 'The source refuses this address.' },
  {
    pattern: /Server returned 5\w\w/i,
    reason: 'unreachable',
    detail: 'The source has a fault of its own.',
  },
];

export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly lines: readonly string[];
  /** Pictures delivered before the end. */
  readonly pictures: number;
  /** Whether we ended it. */
  readonly stopped: boolean;
  /** Whether its socket had been silent for as long as it may be. */
  readonly waitedOut: boolean;
}

type Verdict = Pick<Rule, 'reason' | 'detail'>;

const SILENT: Verdict = { reason: 'timeout', detail: 'The source did not answer in time.' };
const ENDED: Verdict = { reason: 'ended', detail: 'The source came to its end.' };
const KILLED: Verdict = {
  reason: 'decoder-crashed',
  detail: 'The decoder was killed (SIGKILL), as the system does when memory runs out.',
};
const EMPTY: Verdict = { reason: 'corrupt', detail: 'The source holds no picture.' };

/** What the latest line that any rule knows means. */
const readLines = (lines: readonly string[], rules: readonly Rule[]): Verdict | undefined => {
  for (const line of lines.toReversed()) {
    const rule = rules.find(({ pattern }) => pattern.test(line));
    if (rule !== undefined) return { reason: rule.reason, detail: rule.detail };
  }
  return undefined;
};

/** Why ffmpeg ended, from its exit and its last lines. */
export const classifyEnd = (end: ProcessEnd): Verdict => {
  const { exitCode, signal, lines, pictures, stopped, waitedOut } = end;
  if (!stopped && lines.some((line) => NO_MEMORY.pattern.test(line)))
    return { reason: NO_MEMORY.reason, detail: NO_MEMORY.detail };
  // The decoder is killed for having asked, and might otherwise have gone on without the picture.
  if (!stopped && exitCode !== 0 && lines.some((line) => TOO_LARGE.pattern.test(line))) {
    return { reason: TOO_LARGE.reason, detail: TOO_LARGE.detail };
  }
  const killed =
    signal ?? (lines.some((line) => line.includes('Exiting normally, received signal')) ? 'a signal' : null);
  if (killed === 'SIGKILL' && !stopped) return KILLED;
  if (killed !== null && !stopped) return { reason: 'decoder-crashed', detail: `The decoder was ended by ${killed}.` };
  const verdict = readLines(lines, RULES) ?? readLines(lines, VAGUE);
  // Damage that did not stop the decoder is not why it ended.
  if (verdict !== undefined && !(exitCode === 0 && pictures > 0)) {
    // ffmpeg's RTSP client calls a server that never answers "invalid data".
    return verdict.reason === 'corrupt' && pictures === 0 && waitedOut ? SILENT : verdict;
  }
  if (exitCode === 0 || stopped) return pictures > 0 || stopped ? ENDED : EMPTY;
  return { reason: 'decoder-crashed', detail: `The decoder ended with exit code ${String(exitCode)}.` };
};
