import { randomUUID } from 'node:crypto';
import type { Config } from '../../config/schema.js';
import type { Contact, ContactPoint } from '../../contracts/contact.js';
import type { FrameResult } from '../../contracts/face.js';
import { ContactDetector, type ContactChange } from '../../metrics/contact/detector.js';
import { worded } from '../../reporting/contacts/reason-words.js';

/** What happens at a contact point; a contact that ends has its reason in words. */
export type WatchedChange =
  Exclude<ContactChange, { readonly kind: 'end' }> | { readonly kind: 'end'; readonly contact: Contact };

export interface ContactWatchOptions {
  readonly metrics: Config['metrics'];
  /** How long a contact's end waits for a lagging seller camera, ms; Infinity for recorded material. */
  readonly maxLagMs: number;
  readonly onChange: (change: WatchedChange) => void;
}

/** The detectors of all contact points, fed with every frame result. */
export class ContactWatch {
  private readonly detectors = new Map<string, ContactDetector>();

  constructor(
    points: readonly ContactPoint[],
    private readonly options: ContactWatchOptions,
  ) {
    for (const point of points) this.put(point);
  }

  /** Adds a point, or starts it anew with other views. */
  put(point: ContactPoint): void {
    this.remove(point.id);
    const { metrics, maxLagMs } = this.options;
    this.detectors.set(point.id, new ContactDetector(point, metrics, { newId: randomUUID, maxLagMs }));
  }

  /** Ends what is open at the point and forgets it. */
  remove(id: string): void {
    this.report(this.detectors.get(id)?.flush() ?? []);
    this.detectors.delete(id);
  }

  push(result: FrameResult): void {
    for (const detector of this.detectors.values()) this.report(detector.push(result));
  }

  /** Ends every open contact, as when the service stops. */
  flush(): void {
    for (const detector of this.detectors.values()) this.report(detector.flush());
  }

  private report(changes: readonly ContactChange[]): void {
    for (const change of changes)
      this.options.onChange(change.kind === 'end' ? { kind: 'end', contact: worded(change.contact) } : change);
  }
}
