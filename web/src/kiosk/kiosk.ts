import { signal } from '@preact/signals';
import type { OwnDevice } from '../../../src/contracts/service/device.js';
import { Presses, type Addition, type Grade, type Pressed } from './facts/press.js';
import { Queue, type QueueCounts } from './facts/queue.js';
import { Sender, type Link } from './facts/sender.js';
import { BASE, pair } from './facts/service.js';
import { ServiceClock } from './facts/service-clock.js';
import { uuidV7 } from './facts/uuid-v7.js';

const TOKEN = 'token';
const DEVICE = 'device';
const OFFSET = 'clock-offset-ms';

/** One tablet as a kiosk: what it is, what waits, whether the service is reached. Signals are for the screens. */
export class Kiosk {
  /** What it shows; null: not paired, or the service has never answered. */
  readonly device = signal<OwnDevice | null>(null);
  readonly link = signal<Link>('online');
  readonly counts = signal<QueueCounts>({ waiting: 0, aside: 0 });
  readonly isPaired = signal(false);
  private sender: Sender | null = null;

  private constructor(
    private readonly queue: Queue,
    private readonly clock: ServiceClock,
    private readonly presses: Presses,
  ) {}

  /** Rejects where the browser keeps nothing. */
  static async open(): Promise<Kiosk> {
    const queue = await Queue.open(`emoscope-kiosk ${BASE}`);
    const clock = new ServiceClock(uuidV7(Date.now()), (await queue.kept<number>(OFFSET)) ?? 0);
    const kiosk = new Kiosk(queue, clock, new Presses(queue, clock));
    kiosk.device.value = await queue.kept<OwnDevice>(DEVICE);
    await kiosk.recount();
    const token = await queue.kept<string>(TOKEN);
    if (token !== null) kiosk.start(token);
    return kiosk;
  }

  /** Throws `Refusal`. What still waits goes with the new token; facts of another place will be refused. */
  async pair(pin: string): Promise<void> {
    const token = await pair(pin);
    await this.queue.keep(TOKEN, token);
    await this.queue.keep(DEVICE, null);
    this.device.value = null;
    this.start(token);
  }

  async press(grade: Grade, device: OwnDevice): Promise<Pressed> {
    return this.noted(this.presses.press(grade, device));
  }

  async add(pressed: Pressed, addition: Addition): Promise<Pressed> {
    return this.noted(this.presses.add(pressed, addition));
  }

  private async noted(kept: Promise<Pressed>): Promise<Pressed> {
    const pressed = await kept;
    await this.recount();
    this.sender?.nudge();
    return pressed;
  }

  private start(token: string): void {
    this.sender?.stop();
    this.isPaired.value = true;
    this.link.value = 'online';
    this.sender = new Sender({
      ...{ queue: this.queue, clock: this.clock, token },
      onDevice: (device) => {
        if (JSON.stringify({ ...device, now: 0 }) !== JSON.stringify({ ...this.device.value, now: 0 }))
          this.device.value = device;
        void this.queue.keep(DEVICE, device);
        void this.queue.keep(OFFSET, this.clock.offset);
      },
      onLink: (link) => {
        this.link.value = link;
      },
      onLeft: () => void this.recount(),
    });
  }

  private async recount(): Promise<void> {
    this.counts.value = await this.queue.counts();
  }
}
