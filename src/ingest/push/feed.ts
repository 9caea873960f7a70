import type { Writable } from 'node:stream';

/** A decoder that lags so far behind gets nothing more until it has caught up, bytes. */
const MOST_WAITING = 8 * 1024 * 1024;

/**
 * What a publisher sends, on its way to whichever decoder reads it now. `head` is what every decoder needs first; a decoder that
 * comes later gets it again.
 */
export class Feed {
  /** ffmpeg's name of the format. */
  readonly format: 'flv' | 'mpegts';
  private readonly head: Buffer[] = [];
  private to: Writable | null = null;
  private ended = false;
  /** What came before the first decoder was there; null since then. */
  private early: Buffer[] | null = [];
  private earlyBytes = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(format: Feed['format']) {
    this.format = format;
  }

  /** From now on this decoder is fed, the one before no more. */
  attach(to: Writable): void {
    this.to = to;
    to.on('drain', () => this.resume());
    to.on('close', () => {
      if (this.to === to) this.to = null;
      this.resume();
    });
    for (const piece of this.early ?? this.head) to.write(piece);
    this.early = null;
    if (this.ended) to.end();
    this.resume();
  }

  /** Keeps a piece for every decoder. */
  lead(piece: Buffer): void {
    this.head.push(piece);
    this.write(piece);
  }

  /** False: the decoder lags, and `whenReady` calls when it does no more. */
  write(piece: Buffer): boolean {
    if (this.early === null) return this.to?.write(piece) ?? true;
    this.early.push(piece);
    this.earlyBytes += piece.length;
    return !this.isFull;
  }

  /** Whether a decoder lags so far that what cannot be held back is dropped. */
  get isFull(): boolean {
    return (this.early === null ? (this.to?.writableLength ?? 0) : this.earlyBytes) > MOST_WAITING;
  }

  whenReady(act: () => void): void {
    this.waiting.push(act);
  }

  end(): void {
    this.ended = true;
    this.to?.end();
  }

  private resume(): void {
    for (const act of this.waiting.splice(0)) act();
  }
}
