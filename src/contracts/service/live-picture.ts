/** How a picture is to be shown. */
export interface PictureOptions {
  /** true: plain figures are drawn, and nothing of the frame itself is shown. */
  readonly blurred: boolean;
  /** Wider pictures are scaled down to this, pixels. */
  readonly maxWidthPx: number;
}

/** One encoded picture of a live view. */
export interface LivePicture {
  /** Capture time, epoch ms UTC. */
  readonly ts: number;
  readonly jpeg: Uint8Array;
  /** Whether figures can be told from the empty view yet; null where the frame is shown as it is. */
  readonly emptyViewKnown: boolean | null;
}
