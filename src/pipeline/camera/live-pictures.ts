import type { LivePicture, PictureOptions } from '../../contracts/service/live-picture.js';
import type { FrameResult } from '../../contracts/face.js';
import type { Frame } from '../../contracts/frame.js';
import type { Logger } from '../../runtime/logger.js';
import { PictureShow } from './pictures/picture-show.js';

/** Frames kept until their result comes, so that picture and boxes belong together. */
const MAX_IN_FLIGHT = 8;

/** The frames of one camera from being handed to inference until they are on show. */
export class LivePictures {
  private readonly inFlight = new Map<number, Frame>();
  private readonly show: PictureShow;

  constructor(logger: Logger) {
    this.show = new PictureShow(logger);
  }

  /** Remembers a frame that was handed to inference. */
  submitted(frame: Frame): void {
    this.inFlight.set(frame.seq, frame);
    const oldest = this.inFlight.keys().next();
    if (this.inFlight.size > MAX_IN_FLIGHT && oldest.done !== true) this.inFlight.delete(oldest.value);
  }

  /** Gives the memory of a frame back that inference gave up. */
  dropped(seq: number): void {
    this.inFlight.get(seq)?.release?.();
    this.inFlight.delete(seq);
  }

  /** Shows a frame with what was found in it. */
  analysed(result: FrameResult): void {
    const frame = this.inFlight.get(result.seq);
    for (const seq of this.inFlight.keys()) if (seq <= result.seq) this.inFlight.delete(seq);
    if (frame === undefined) return;
    // Posters and screens belong to the empty view.
    const living = result.faces.filter(({ rejected }) => rejected !== 'still');
    const people = [...living, ...(result.bodies ?? [])];
    this.show.show(
      frame,
      people.map(({ box }) => box),
    );
  }

  /** The newest analysed frame as JPEG, or null while there is none. */
  snapshot(options: PictureOptions): Promise<LivePicture | null> {
    return this.show.snapshot(options);
  }

  /** Shows every analysed frame to `show` until the returned function is called; a slow encoder skips frames. */
  watch(options: PictureOptions, show: (picture: LivePicture) => void): () => void {
    return this.show.watch(options, show);
  }
}
