import { apiUrl, type Query } from './api.js';

/** One picture of a camera with the capture time of its frame, epoch ms. */
export interface TimedPicture {
  readonly ts: number;
  readonly jpeg: Blob;
  /** false: silhouettes without the empty view, in which only found faces show. */
  readonly emptyViewKnown: boolean;
}

const HEADER_END = [13, 10, 13, 10];
/** A header longer than this is none. */
const LONGEST_HEADER = 1000;

const endOfHeader = (bytes: Uint8Array): number => {
  for (let at = 0; at + HEADER_END.length <= Math.min(bytes.length, LONGEST_HEADER); at += 1) {
    if (HEADER_END.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
};

const joined = (first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> => {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
};

/** Cuts a multipart stream whose parts name their length and `x-timestamp` into pictures. */
export class PictureParts {
  #held = new Uint8Array(0);

  /** The pictures that are complete with these bytes, oldest first; throws on anything else. */
  push(bytes: Uint8Array): TimedPicture[] {
    this.#held = joined(this.#held, bytes);
    const pictures: TimedPicture[] = [];
    for (let picture = this.#next(); picture !== null; picture = this.#next()) pictures.push(picture);
    return pictures;
  }

  #next(): TimedPicture | null {
    const end = endOfHeader(this.#held);
    if (end < 0) {
      if (this.#held.length >= LONGEST_HEADER) throw new Error('not a stream of pictures');
      return null;
    }
    const header = new TextDecoder().decode(this.#held.subarray(0, end));
    const length = Number(/content-length: *(\d+)/i.exec(header)?.[1]);
    const ts = Number(/x-timestamp: *([\d.]+)/i.exec(header)?.[1]);
    if (Number.isNaN(length) || Number.isNaN(ts)) throw new Error('a picture without its length and time');
    const start = end + HEADER_END.length;
    if (this.#held.length < start + length) return null;
    const jpeg = new Blob([this.#held.slice(start, start + length)], { type: 'image/jpeg' });
    this.#held = this.#held.slice(start + length);
    return { ts, jpeg, emptyViewKnown: !/x-empty-view: *unknown/i.test(header) };
  }
}

type Show = (picture: TimedPicture) => void;

/** Reads a camera's moving picture until `signal` aborts or it ends; of pictures that came together the newest is shown. */
export const readMovingPicture = async (streamId: string, query: Query, signal: AbortSignal, show: Show) => {
  const { ok, body } = await fetch(apiUrl(`/streams/${streamId}/live.mjpg`, query), { signal });
  if (!ok || body === null) return;
  const parts = new PictureParts();
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const newest = parts.push(value).at(-1);
    if (newest !== undefined) show(newest);
  }
};

/** Reads a camera's newest picture once. */
export const readStillPicture = async (streamId: string, query: Query, signal: AbortSignal, show: Show) => {
  const answer = await fetch(apiUrl(`/streams/${streamId}/snapshot.jpg`, query), { signal });
  const ts = Number(answer.headers.get('x-timestamp'));
  const emptyViewKnown = answer.headers.get('x-empty-view') !== 'unknown';
  if (answer.ok) show({ ts, jpeg: await answer.blob(), emptyViewKnown });
};
