/** Key pictures that may pass undecoded: the decoder holds back one or two. */
const UNANSWERED_KEYS = 3;
/** Share of the longest distance between key pictures after which the next one is overdue. */
const OVERDUE = 1.5;

/**
 * Tells from the packets of a live source whether waiting for its next picture makes sense. Cameras that save bandwidth
 * send a key picture once a minute or less, and a decoder that joins in between, or has lost one, shows nothing until then.
 */
export class PacketWatch {
  private lastKeyMs: number | null = null;
  private longestKeyGapMs = 0;
  private lastPictureMs: number | null = null;
  private unansweredKeys = 0;

  constructor(private readonly stallTimeoutMs: number) {}

  /** Takes note of a packet; true where it is a sign of life. */
  packet(key: boolean, nowMs: number): boolean {
    if (key) {
      if (this.lastKeyMs !== null) this.longestKeyGapMs = Math.max(this.longestKeyGapMs, nowMs - this.lastKeyMs);
      this.lastKeyMs = nowMs;
      this.unansweredKeys += 1;
    }
    // Key pictures that nothing comes of mean that the video cannot be decoded, however much of it arrives.
    if (this.unansweredKeys >= UNANSWERED_KEYS) return false;
    if (this.lastPictureMs === null) return true;
    return nowMs - this.lastPictureMs < Math.max(this.stallTimeoutMs, this.longestKeyGapMs * OVERDUE);
  }

  picture(nowMs: number): void {
    this.lastPictureMs = nowMs;
    this.unansweredKeys = 0;
  }

  /** Whether video arrives, but its first key picture has not come. */
  awaitsKey(): boolean {
    return this.lastPictureMs === null && this.lastKeyMs === null;
  }

  /** Whether key pictures came and none of them could be decoded. */
  undecodable(): boolean {
    return this.unansweredKeys >= UNANSWERED_KEYS;
  }
}
