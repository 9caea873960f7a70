/** Key pictures that may pass undecoded: the decoder holds back one or two. */
const UNANSWERED_KEYS = 3;
/** So long a wait is named; most cameras send a key picture more often. */
const NAMED_AFTER_MS = 2000;
/** Share of the longest distance between key pictures after which the next one is overdue. */
const OVERDUE = 1.5;

/**
 * Tells from the packets of a live source whether waiting for its next picture makes sense. Cameras that save bandwidth
 * send a key picture once a minute or less, and a decoder that joins in between, or has lost one, shows nothing until then.
 */
export class PacketWatch {
  private firstMs: number | null = null;
  private lastKeyMs: number | null = null;
  private longestKeyGapMs = 0;
  private lastPictureMs: number | null = null;
  private unansweredKeys = 0;

  constructor(private readonly stallTimeoutMs: number) {}

  /** Takes note of a packet; true where it is a sign of life. */
  packet(key: boolean, nowMs: number): boolean {
    this.firstMs ??= nowMs;
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

  /** Whether video has arrived for a while, but its first key picture has not come. */
  awaitsKey(nowMs: number): boolean {
    const waitedMs = this.firstMs === null ? 0 : nowMs - this.firstMs;
    return this.lastPictureMs === null && this.lastKeyMs === null && waitedMs >= NAMED_AFTER_MS;
  }

  /** Whether key pictures came and none of them could be decoded. */
  undecodable(): boolean {
    return this.unansweredKeys >= UNANSWERED_KEYS;
  }
}
