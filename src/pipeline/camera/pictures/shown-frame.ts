import type { Box } from '../../../contracts/face.js';
import type { Frame } from '../../../contracts/frame.js';

/** A frame on show: its memory is given back when it is replaced and no encoder reads it. */
export class ShownFrame {
  private readers = 0;
  private replaced = false;

  constructor(
    readonly frame: Frame,
    readonly faces: readonly Box[],
  ) {}

  async read<T>(reader: () => Promise<T>): Promise<T> {
    this.readers += 1;
    try {
      return await reader();
    } finally {
      this.readers -= 1;
      this.releaseUnread();
    }
  }

  replace(): void {
    this.replaced = true;
    this.releaseUnread();
  }

  private releaseUnread(): void {
    if (this.replaced && this.readers === 0) this.frame.release?.();
  }
}
