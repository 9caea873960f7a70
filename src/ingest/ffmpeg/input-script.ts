import { hasSecret } from '../../runtime/address/hide-address.js';
import type { SourceSpec } from '../source-url.js';

/**
 * Whether an address holds what other users of the machine must not read: everybody can see a process's arguments, so
 * such an address goes through a pipe.
 */
export const hasSecrets = (spec: SourceSpec): boolean =>
  spec.kind !== 'file' && spec.kind !== 'v4l2' && hasSecret(spec.input);

/** What ffmpeg's concat reader takes literally. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** How often the same address is opened anew, and how much time each takes. */
export interface Repeats {
  readonly times: number;
  readonly everyS: number;
}

/**
 * One input as a script for ffmpeg's concat reader; `options` are pairs of `-name` and value that hold for opening it.
 * `input` has no control characters.
 */
export const inputScript = (input: string, options: readonly string[], repeats?: Repeats): string => {
  const lines = [`file ${quoted(input)}`];
  for (let index = 0; index < options.length; index += 2) {
    lines.push(`option ${(options[index] ?? '').slice(1)} ${quoted(options[index + 1] ?? '')}`);
  }
  if (repeats !== undefined) lines.push(`duration ${repeats.everyS.toFixed(6)}`);
  return `ffconcat version 1.0\n${`${lines.join('\n')}\n`.repeat(repeats?.times ?? 1)}`;
};
