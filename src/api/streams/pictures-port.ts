import type { LivePicture, PictureOptions } from '../../contracts/service/live-picture.js';

/** Pictures of the cameras; throws STREAM_UNKNOWN. */
export interface PicturesPort {
  /** The newest frame as JPEG, or null while there is none. */
  snapshot(id: string, options: PictureOptions): Promise<LivePicture | null>;
  /** Calls `show` for every analysed frame, as JPEG, until the returned function is called; encodes only while watched. */
  watch(id: string, options: PictureOptions, show: (picture: LivePicture) => void): () => void;
}
