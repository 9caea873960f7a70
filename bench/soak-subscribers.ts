import { LiveClient } from '../src/client/live-client.js';

/** What the subscribers have met since the start. */
export interface SubscriberCounts {
  readonly connected: number;
  readonly events: number;
  /** `faces` that the service says it did not send to one of them. */
  readonly lost: number;
  readonly contactEnds: number;
  readonly refused: number;
  /** Connections that ended without the subscriber's wish. */
  readonly cutOff: number;
}

/** A crowd of real clients, of which the oldest leaves and a new one comes every few seconds. */
export class SoakSubscribers {
  private readonly clients: LiveClient[] = [];
  private readonly timer: NodeJS.Timeout;
  private made = 0;
  private connected = 0;
  private events = 0;
  private lost = 0;
  private contactEnds = 0;
  private refused = 0;
  private cutOff = 0;

  constructor(
    private readonly url: string,
    private readonly streamIds: readonly string[],
    size: number,
    turnoverMs: number,
  ) {
    for (let i = 0; i < size; i += 1) this.join();
    this.timer = setInterval(() => {
      this.clients.shift()?.close();
      this.join();
    }, turnoverMs);
  }

  counts(): SubscriberCounts {
    const { connected, events, lost, contactEnds, refused, cutOff } = this;
    return { connected, events, lost, contactEnds, refused, cutOff };
  }

  close(): void {
    clearInterval(this.timer);
    for (const client of this.clients.splice(0)) client.close();
  }

  /** Every second one looks at one camera alone, as a tile of the dashboard does. */
  private join(): void {
    const index = this.made;
    this.made += 1;
    const only = this.streamIds[index % this.streamIds.length];
    const client = new LiveClient({
      url: this.url,
      topics: ['faces', 'metrics', 'contacts', 'status'],
      maxFacesPerSecond: 30,
      ...(index % 2 === 0 || only === undefined ? {} : { streams: [only] }),
      onConnected: () => (this.connected += 1),
      onRefused: () => (this.refused += 1),
      onDisconnected: (reason) => {
        if (reason !== 'io client disconnect') this.cutOff += 1;
      },
    });
    client.on('faces', ({ lost }) => {
      this.events += 1;
      this.lost += lost;
    });
    client.on('metrics', () => (this.events += 1));
    client.on('contact:end', () => (this.contactEnds += 1));
    this.clients.push(client.connect());
  }
}
