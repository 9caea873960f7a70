import type { ContactEndEvent } from '../../contracts/events.js';
import type { Logger } from '../../runtime/logger.js';
import type { Disclosure } from '../../disclosure/disclosure.js';
import type { Ports } from '../context.js';
import type { ReplayBuffer } from './replay-buffer.js';
import type { Subscriber } from './subscriber.js';

/** What the delivery of contacts needs. */
export interface DeliveryParts {
  readonly disclosure: Disclosure;
  readonly logger: Logger;
  readonly ports: Pick<Ports, 'contacts'>;
}

/** Brings every ended contact to every subscriber that wants it, in order and once, those before a reconnection too. */
export class ContactDelivery {
  constructor(
    private readonly replay: ReplayBuffer,
    private readonly options: DeliveryParts,
    private readonly isHere: (subscriber: Subscriber) => boolean,
  ) {}

  /** Sends ended contacts in order from where the subscriber stands, as fast as it reads. */
  pump(subscriber: Subscriber): void {
    if (subscriber.isPumping || !subscriber.wants('contact:end', {})) return;
    subscriber.isPumping = true;
    void this.deliver(subscriber)
      .catch((error: unknown) => {
        this.options.logger.warn({ err: error }, 'replaying contacts failed');
      })
      .finally(() => {
        subscriber.isPumping = false;
      });
  }

  private async deliver(subscriber: Subscriber): Promise<void> {
    while (this.isHere(subscriber) && !subscriber.isBehind && subscriber.wants('contact:end', {})) {
      const entry = this.replay.next(subscriber.deliveredSeq, subscriber.wish?.points ?? null);
      if (entry === null) return;
      const event = entry.event ?? (await this.readBack(entry.contactId, entry.seq));
      subscriber.deliveredSeq = Math.max(subscriber.deliveredSeq, entry.seq);
      if (event !== null) subscriber.socket.emit('contact:end', event);
    }
  }

  private async readBack(contactId: string, seq: number): Promise<ContactEndEvent | null> {
    const contact = await this.options.ports.contacts.get(contactId);
    if (contact === null) return null;
    const shown = this.options.disclosure.contact(contact);
    return { seq, contact: shown, reason: shown.reason };
  }
}
