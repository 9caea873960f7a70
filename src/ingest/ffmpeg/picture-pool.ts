/**
 * Free pictures kept for reuse: as many as can be lent at once (one being read, one waiting, one in work, one on show, and
 * a spare). Fewer, and those let go would stay until the collector of every thread that saw them has come by.
 */
const MAX_FREE = 5;

/**
 * Picture memory that other threads can read, handed out again once it is given back. Fresh memory for every picture
 * would be the garbage collector's main work: eight cameras of 960×540 make 60 MB a second.
 */
export class PicturePool {
  private free: Uint8Array[] = [];
  private readonly lent = new WeakSet<Uint8Array>();

  /** Memory of exactly this size, with anything in it. */
  take(bytes: number): Uint8Array {
    // The one given back last is the likeliest to be in the processor's cache.
    const index = this.free.findLastIndex(({ length }) => length === bytes);
    const [found] = index < 0 ? [] : this.free.splice(index, 1);
    const data = found ?? new Uint8Array(new SharedArrayBuffer(bytes));
    this.lent.add(data);
    return data;
  }

  /** Takes memory back that nobody reads any more; the second time for the same picture is ignored. */
  give(data: Uint8Array): void {
    if (!this.lent.delete(data)) return;
    this.free.push(data);
    if (this.free.length > MAX_FREE) this.free.shift();
  }
}
