import type { OfflineSource } from '../pipeline/offline/picture-stream.js';
import type { Skipped } from '../pipeline/offline/inputs.js';
import { EmoscopeError } from '../runtime/errors.js';
import type { CliContext } from './context.js';
import { describeFailure } from '../runtime/describe-failure.js';

/** Longer lists tell nobody more. */
const MOST_LINES = 100;

interface Failure {
  readonly label: string;
  readonly named: boolean;
  readonly words: string;
}

/** What of the given material could not be analysed, and what that means for the command's end. */
export class AnalysisOutcome {
  private readonly failures: Failure[] = [];
  private readonly failed = new Set<OfflineSource>();

  constructor(
    private readonly context: CliContext,
    private readonly skipped: readonly Skipped[],
  ) {}

  readonly onFault = (source: OfflineSource, error: unknown): void => {
    const { label, named } = source.input;
    this.failed.add(source);
    this.failures.push({ label, named, words: describeFailure(error, this.context.language) });
  };

  hasFailed(source: OfflineSource): boolean {
    return this.failed.has(source);
  }

  /**
   * Names on stderr what was skipped and what failed. Throws INPUT_NOT_FOUND or INPUT_UNREADABLE (exit code 1) where
   * something that was named itself could not be read, or nothing could; a file found in a folder is only named.
   */
  finish(analysed: number): void {
    const { context } = this;
    const skipped = this.skipped.map(({ label, reason }) => `${label}: ${context.say(`skip.${reason}`)}`);
    this.tell(
      'outcomeFailed',
      this.failures.map(({ label, words }) => `${label}: ${words}`),
    );
    this.tell('outcomeSkipped', skipped);
    const wanted = [...this.failures, ...this.skipped].filter(({ named }) => named).map(({ label }) => label);
    if (wanted.length === 0 && analysed > 0) return;
    const missing = this.failures.length === 0 && this.skipped.every(({ reason }) => reason === 'missing');
    const what = wanted.length === 0 ? context.say('nothingReadable') : wanted.slice(0, MOST_LINES).join(', ');
    throw new EmoscopeError(missing ? 'INPUT_NOT_FOUND' : 'INPUT_UNREADABLE', what);
  }

  private tell(heading: 'outcomeFailed' | 'outcomeSkipped', lines: readonly string[]): void {
    if (lines.length === 0) return;
    const { context } = this;
    const more = lines.length > MOST_LINES ? [context.say('outcomeMore', lines.length - MOST_LINES)] : [];
    const shown = [...lines.slice(0, MOST_LINES), ...more].map((line) => `  ${line}\n`);
    context.err.write(`${context.say(heading, lines.length)}\n${shown.join('')}`);
  }
}
