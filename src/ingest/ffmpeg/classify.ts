import type { OfflineReason } from '../../contracts/stream.js';

interface Rule {
  readonly pattern: RegExp;
  readonly reason: OfflineReason;
  readonly detail: string;
}

/** What ffmpeg says and what it means; the first rule that any line matches wins. */
const RULES: readonly Rule[] = [
  {
    pattern: /\b(401 Unauthorized|403 Forbidden|authorization failed|access denied)\b/i,
    reason: 'unauthorised',
    detail: 'The camera refuses this user name or password.',
  },
  {
    pattern: /Failed to resolve hostname|Name or service not known|Temporary failure in name resolution/i,
    reason: 'unknown-host',
    detail: 'No machine has this name.',
  },
  {
    pattern:
      /\b(404 (Stream )?Not Found|Server returned 4\d\d|No such file or directory|No such device|Is a directory)\b/i,
    reason: 'not-found',
    detail: 'There is nothing at this address.',
  },
  {
    pattern: /Connection refused|No route to host|Network is unreachable|Host is down|Connection reset|Broken pipe/i,
    reason: 'unreachable',
    detail: 'The machine does not accept the connection.',
  },
  {
    pattern: /timed out|Immediate exit requested/i,
    reason: 'timeout',
    detail: 'The source did not answer in time.',
  },
  {
    pattern: /Protocol not found|not on whitelist|not in whitelist|Port missing in uri|Protocol '.*' not/i,
    reason: 'invalid-url',
    detail: 'The source names something that may not be opened.',
  },
  {
    pattern: /matches no streams|does not contain any stream/i,
    reason: 'no-video',
    detail: 'The source has no video.',
  },
  {
    pattern:
      /Decod(er|ing requested).*(not found|no decoder)|no decoder found|Unknown decoder|Unsupported codec|unknown codec|Could not find codec parameters|Picture size .* is invalid|exceeds max_pixels/i,
    reason: 'unsupported-codec',
    detail: 'The video cannot be decoded here.',
  },
  {
    pattern:
      /Invalid data found|moov atom not found|Error while decoding|error while decoding|EBML header parsing failed/i,
    reason: 'corrupt',
    detail: 'The data is damaged or not a video.',
  },
];

const OUR_SIGNALS = new Set(['SIGTERM', 'SIGKILL']);

export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly lines: readonly string[];
  /** Pictures delivered before the end. */
  readonly pictures: number;
}

/** Why ffmpeg ended, from its exit and its last lines. */
export const classifyEnd = (end: ProcessEnd): { reason: OfflineReason; detail: string } => {
  if (end.signal !== null && !OUR_SIGNALS.has(end.signal)) {
    return { reason: 'decoder-crashed', detail: `The decoder was ended by ${end.signal}.` };
  }
  const rule = RULES.find(({ pattern }) => end.lines.some((line) => pattern.test(line)));
  const damagedUnderWay = rule?.reason === 'corrupt' && end.pictures > 0;
  if (rule !== undefined && !damagedUnderWay) return { reason: rule.reason, detail: rule.detail };
  if (end.signal !== null) return { reason: 'decoder-crashed', detail: `The decoder was ended by ${end.signal}.` };
  if (end.exitCode !== 0) {
    return { reason: 'decoder-crashed', detail: `The decoder ended with exit code ${String(end.exitCode)}.` };
  }
  return end.pictures > 0
    ? { reason: 'ended', detail: 'The source came to its end.' }
    : { reason: 'corrupt', detail: 'The source holds no picture.' };
};
