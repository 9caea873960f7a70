import type { LivePicture, PictureOptions } from '../../../contracts/service/live-picture.js';
import type { Box } from '../../../contracts/face.js';
import type { Frame } from '../../../contracts/frame.js';
import type { Logger } from '../../../runtime/logger.js';
import { encodeClear } from './clear-picture.js';
import { drawScene } from './drawn-scene.js';
import { EmptyView } from './empty-view.js';
import { ShownFrame } from './shown-frame.js';

interface Watcher {
  readonly options: PictureOptions;
  readonly show: (picture: LivePicture) => void;
  busy: boolean;
}

/** The pictures of one camera for people: its newest frame, as it is or drawn, and who watches. */
export class PictureShow {
  private readonly watchers = new Set<Watcher>();
  private newest: ShownFrame | null = null;
  private emptyView: EmptyView | null = null;

  constructor(private readonly logger: Logger) {}

  /** Shows a frame with the faces found in that very frame. */
  show(frame: Frame, faces: readonly Box[]): void {
    this.newest?.replace();
    this.newest = new ShownFrame(frame, faces);
    if (this.emptyView?.fits(frame) !== true) this.emptyView = new EmptyView(frame);
    this.emptyView.learn(frame, faces);
    for (const watcher of this.watchers) this.serve(watcher);
  }

  /** The newest frame as JPEG, or null while there is none. */
  async snapshot({ blurred, maxWidthPx }: PictureOptions): Promise<LivePicture | null> {
    const { newest, emptyView } = this;
    if (newest === null || emptyView === null) return null;
    const { frame, faces } = newest;
    if (!blurred) {
      const jpeg = await newest.read(() => encodeClear(frame, maxWidthPx));
      return { ts: frame.ts, jpeg, emptyViewKnown: null };
    }
    const scene = { grid: emptyView.grid, changed: emptyView.changed(frame), faces };
    return { ts: frame.ts, jpeg: await drawScene(scene, frame, maxWidthPx), emptyViewKnown: emptyView.known };
  }

  /** Shows every frame to `show` until the returned function is called; a slow encoder skips frames. */
  watch(options: PictureOptions, show: (picture: LivePicture) => void): () => void {
    const watcher: Watcher = { options, show, busy: false };
    this.watchers.add(watcher);
    this.serve(watcher);
    return () => this.watchers.delete(watcher);
  }

  private serve(watcher: Watcher): void {
    if (watcher.busy) return;
    watcher.busy = true;
    this.snapshot(watcher.options)
      .then((picture) => {
        if (picture !== null && this.watchers.has(watcher)) watcher.show(picture);
      })
      .catch((error: unknown) => this.logger.warn({ err: error }, 'a live picture could not be encoded'))
      .finally(() => {
        watcher.busy = false;
      });
  }
}
