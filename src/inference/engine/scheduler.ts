import type { FrameResult } from '../../contracts/face.js';
import type { DropReason, Frame } from '../../contracts/frame.js';

/** A frame whose turn it will be. */
export interface WaitingFrame {
  readonly frame: Frame;
  /** Absent for live frames, whose results go to the listeners. */
  readonly offline?: { resolve(result: FrameResult): void; reject(error: unknown): void };
}

interface Mailbox {
  /** Offline frames in order; never dropped. */
  readonly queue: WaitingFrame[];
  /** The newest live frame. */
  newest: WaitingFrame | null;
  /** Frames in work. */
  working: number;
  /** The frame in work that has not let the next one in yet. */
  ahead: WaitingFrame | null;
}

/** Frames of one recording in work at a time: one is looked for faces while those of the one before are described. */
const RECORDED_AT_ONCE = 2;

/**
 * Decides whose frame is next: streams are served in turn, of live frames only the newest of each stream waits. One live
 * frame per stream is in work at a time, and of a recording a second one from when the first lets it in.
 * Holds at most one live frame per stream.
 */
export class Scheduler {
  private readonly mailboxes = new Map<string, Mailbox>();
  /** Streams in the order in which they are served; a served stream goes to the end. */
  private turn: string[] = [];
  private running = 0;

  constructor(
    readonly limit: number,
    /** Works on a frame; `letNextIn` allows the stream's next recorded frame to begin before this one is done. */
    private readonly work: (waiting: WaitingFrame, letNextIn: () => void) => Promise<void>,
    private readonly onDrop: (frame: Frame, reason: DropReason) => void,
  ) {}

  /** Live frames in work, and those whose turn it will be: at most `limit`, and one per open stream. */
  get load(): { readonly working: number; readonly waiting: number; readonly streams: number } {
    const mailboxes = [...this.mailboxes.values()];
    const waiting = mailboxes.filter(({ newest }) => newest !== null).length;
    return { working: this.running, waiting, streams: mailboxes.length };
  }

  has(streamId: string): boolean {
    return this.mailboxes.has(streamId);
  }

  open(streamId: string): void {
    this.mailboxes.set(streamId, { queue: [], newest: null, working: 0, ahead: null });
    this.turn.push(streamId);
  }

  /** Drops what waits (`stopping`); returns the offline frames that were given up. */
  remove(streamId: string): WaitingFrame[] {
    const mailbox = this.mailboxes.get(streamId);
    this.mailboxes.delete(streamId);
    this.turn = this.turn.filter((id) => id !== streamId);
    if (mailbox === undefined) return [];
    if (mailbox.newest !== null) this.onDrop(mailbox.newest.frame, 'stopping');
    return mailbox.queue;
  }

  /** A live frame: replaces the one that waits. */
  offer(frame: Frame): void {
    const mailbox = this.mailboxes.get(frame.streamId);
    if (mailbox === undefined) {
      this.onDrop(frame, 'stopping');
      return;
    }
    if (mailbox.newest !== null) this.onDrop(mailbox.newest.frame, 'superseded');
    mailbox.newest = { frame };
    this.pump();
  }

  /** An offline frame: waits its turn, however long. False when the stream is not open. */
  append(waiting: WaitingFrame): boolean {
    const mailbox = this.mailboxes.get(waiting.frame.streamId);
    if (mailbox === undefined) return false;
    mailbox.queue.push(waiting);
    this.pump();
    return true;
  }

  private pump(): void {
    while (this.running < this.limit) {
      const index = this.turn.findIndex((id) => this.ready(this.mailboxes.get(id)));
      const [id] = index < 0 ? [] : this.turn.splice(index, 1);
      const mailbox = id === undefined ? undefined : this.mailboxes.get(id);
      if (id === undefined || mailbox === undefined) return;
      this.turn.push(id);
      const waiting = mailbox.queue.shift() ?? mailbox.newest;
      if (waiting === null) return;
      if (waiting === mailbox.newest) mailbox.newest = null;
      void this.start(mailbox, waiting);
    }
  }

  private ready(mailbox: Mailbox | undefined): boolean {
    if (mailbox === undefined || mailbox.ahead !== null) return false;
    const { queue, newest, working } = mailbox;
    return queue.length > 0 ? working < RECORDED_AT_ONCE : newest !== null && working === 0;
  }

  private async start(mailbox: Mailbox, waiting: WaitingFrame): Promise<void> {
    mailbox.working += 1;
    mailbox.ahead = waiting;
    this.running += 1;
    await this.work(waiting, () => {
      this.letIn(mailbox, waiting);
      this.pump();
    });
    this.letIn(mailbox, waiting);
    mailbox.working -= 1;
    this.running -= 1;
    this.pump();
  }

  private letIn(mailbox: Mailbox, after: WaitingFrame): void {
    if (mailbox.ahead === after) mailbox.ahead = null;
  }
}
