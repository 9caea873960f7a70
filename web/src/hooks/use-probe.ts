import type { ProbeAnswer } from '../../../src/contracts/service/probe-answer.js';
import { useState } from 'preact/hooks';
import { probeStream, probeUrl, type CameraDraft } from '../data/streams.js';

export type ProbeState =
  | { readonly kind: 'none' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'done'; readonly answer: ProbeAnswer };

const NONE: ProbeState = { kind: 'none' };

interface Probe {
  readonly state: ProbeState;
  /** What the source answered with, where it works. */
  readonly works: ProbeAnswer | null;
  /** The source was tested and does not work. */
  readonly isRefused: boolean;
  /** Tests the draft's address, or the stored one of a camera that has it still. */
  readonly test: (draft: CameraDraft, stored: boolean) => void;
  readonly forget: () => void;
}

/** The test of a camera's source; an answer about what has been edited meanwhile is dropped. */
export const useProbe = (): Probe => {
  const [state, setState] = useState<ProbeState>(NONE);
  const works = state.kind === 'done' && state.answer.ok ? state.answer : null;
  const test = (draft: CameraDraft, stored: boolean): void => {
    const asked: ProbeState = { kind: 'busy' };
    const settle = (answered: ProbeState): void => setState((now) => (now === asked ? answered : now));
    setState(asked);
    (stored ? probeStream(draft.id) : probeUrl(draft))
      .then((answer) => settle({ kind: 'done', answer }))
      .catch((error: unknown) => settle({ kind: 'failed', error }));
  };
  return {
    state,
    works,
    isRefused: state.kind === 'failed' || (state.kind === 'done' && works === null),
    test,
    forget: () => setState(NONE),
  };
};
