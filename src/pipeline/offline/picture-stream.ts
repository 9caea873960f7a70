import type { Frame } from '../../contracts/frame.js';
import { CameraFault } from '../../ingest/camera-fault.js';
import { readFrames } from '../../ingest/recordings/read-frames.js';
import { readPicture } from '../../ingest/recordings/read-picture.js';
import type { Input } from './inputs.js';

export interface OfflineSource {
  readonly streamId: string;
  readonly input: Input;
  readonly fps: number;
  readonly maxWidth: number;
  /** Epoch ms of the material's first instant. */
  readonly startTs: number;
}

/** The frames of one input in order of time: one for a picture, the 1/fps grid for a video. */
export async function* framesOf(source: OfflineSource, signal: AbortSignal): AsyncGenerator<Frame> {
  const { streamId, input, fps, maxWidth, startTs } = source;
  if (input.kind === 'picture') {
    yield await readPicture(input.source, { streamId, maxWidth, ts: startTs });
    return;
  }
  yield* readFrames({ streamId, url: input.source, fps, maxWidth, startTs, signal });
}

interface Head {
  readonly frames: AsyncGenerator<Frame>;
  readonly frame: Frame;
}

/** Called with a source that cannot be read, or not to its end; what was read of it stays. */
export type OnFault = (source: OfflineSource, fault: CameraFault) => void;

/** The frames of one source; its fault ends it alone. */
async function* untilFault(source: OfflineSource, signal: AbortSignal, onFault: OnFault): AsyncGenerator<Frame> {
  try {
    yield* framesOf(source, signal);
  } catch (error) {
    if (!(error instanceof CameraFault)) throw error;
    onFault(source, error);
  }
}

const advance = async (frames: AsyncGenerator<Frame>): Promise<Head[]> => {
  const next = await frames.next();
  return next.done === true ? [] : [{ frames, frame: next.value }];
};

/** Frames of several inputs on one common clock, earliest capture time first. */
export async function* merged(
  sources: readonly OfflineSource[],
  signal: AbortSignal,
  onFault: OnFault,
): AsyncGenerator<Frame> {
  const generators = sources.map((source) => untilFault(source, signal, onFault));
  try {
    let heads = (await Promise.all(generators.map(advance))).flat();
    while (heads.length > 0) {
      const first = heads.reduce((early, head) => (head.frame.ts < early.frame.ts ? head : early));
      yield first.frame;
      heads = [...heads.filter((head) => head !== first), ...(await advance(first.frames))];
    }
  } finally {
    await Promise.all(generators.map((frames) => frames.return(undefined)));
  }
}
