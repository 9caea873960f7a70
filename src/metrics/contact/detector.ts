import type { Burst, ContactPoint, CurvePoint } from '../../contracts/contact.js';
import type { FrameResult } from '../../contracts/face.js';
import { assessContact, curvePoints } from './judgement/assess.js';
import type { AssessedContact } from './judgement/reason.js';
import { burstsOf } from './curves/bursts.js';
import { Customers } from './customers.js';
import type { Episode } from './episode.js';
import type { ContactOptions } from './options.js';
import type { ContactRecord } from './record.js';
import { PassingSellers } from './judgement/passing-sellers.js';
import { SellerTrack } from './seller-track.js';
import { PointViews } from './view.js';

const UPDATE_EVERY_MS = 1000;
/** An update carries the newest part of the curves; `end` carries all. */
const UPDATE_CURVE_MS = 120_000;
/** A frame this much older than its predecessor is a clock set back; less is a frame out of order. */
const CLOCK_JUMP_MS = 1000;
/** How much of the seller is kept while nobody stands at the point. */
const SELLER_MEMORY_MS = 20_000;

export type ContactChange =
  | { readonly kind: 'start'; readonly contactId: string; readonly pointId: string; readonly startTs: number }
  | {
      readonly kind: 'update';
      readonly contactId: string;
      readonly pointId: string;
      readonly startTs: number;
      readonly curve: readonly CurvePoint[];
      readonly bursts: readonly Burst[];
    }
  | { readonly kind: 'end'; readonly contact: AssessedContact };

export interface DetectorDeps {
  readonly newId: () => string;
  /** How long the end of a contact waits for a seller camera that lags, ms; Infinity for recorded material. */
  readonly maxLagMs: number;
}

/**
 * Finds and judges the contacts of one contact point from the frame results of its one or two streams, as they come.
 * Streams are aligned by capture time, so that the order in which their results arrive does not matter within `maxLagMs`.
 */
export class ContactDetector {
  private readonly views: PointViews;
  private readonly customers: Customers;
  private readonly seller = new SellerTrack();
  private readonly passing: PassingSellers;
  private newestCustomerTs = -Infinity;
  private closing: Episode[] = [];
  /** Times the clock of a camera of this point was seen to jump back. */
  clockJumps = 0;

  constructor(
    private readonly point: ContactPoint,
    private readonly options: ContactOptions,
    private readonly deps: DetectorDeps,
  ) {
    this.views = new PointViews(point);
    this.customers = new Customers(options, deps.newId);
    const sameStream = this.views.seller.streamId === this.views.customer.streamId;
    this.passing = new PassingSellers({ handoverMs: options.contactGapMs, sameStream });
  }

  /** Streams whose results concern this point. */
  get streamIds(): readonly string[] {
    return [...new Set([this.views.seller.streamId, this.views.customer.streamId])];
  }

  /** Takes one frame result of any stream; returns what changed, `end` once per contact. */
  push(result: FrameResult): ContactChange[] {
    const { ts } = result;
    const sellers = this.views.sellers(result);
    const customers = this.views.customers(result);
    const newest = Math.max(
      sellers === null ? -Infinity : this.seller.newestTs,
      customers === null ? -Infinity : this.newestCustomerTs,
    );
    const changes: ContactChange[] = [];
    if (ts < newest - CLOCK_JUMP_MS) changes.push(...this.restart());
    else if (ts <= newest) return [];
    if (sellers !== null) {
      this.seller.observe(ts, sellers);
      this.passing.observe(ts, sellers);
    }
    if (customers !== null) changes.push(...this.observeCustomers(ts, customers));
    changes.push(...this.finish((episode) => this.isComplete(episode)));
    this.seller.forgetBefore(this.oldestNeededTs());
    return changes;
  }

  /** Ends everything that is open, as when the material or the service ends. */
  flush(): ContactChange[] {
    this.closing.push(...this.customers.flush());
    return this.finish(() => true);
  }

  private observeCustomers(ts: number, faces: NonNullable<ReturnType<PointViews['customers']>>): ContactChange[] {
    this.newestCustomerTs = ts;
    const closed = this.customers.observe(ts, faces);
    this.closing.push(...closed.filter((episode) => this.isContact(episode)));
    return this.customers.episodes.flatMap((episode) => this.progressOf(episode, ts));
  }

  private progressOf(episode: Episode, ts: number): ContactChange[] {
    const label = this.labelOf(episode);
    const changes: ContactChange[] = [];
    if (
      !episode.announced &&
      this.isContact(episode) &&
      !this.passing.cameOver(episode) &&
      !this.passing.mayPass(episode)
    ) {
      episode.announced = true;
      changes.push({ kind: 'start', ...label });
    }
    if (!episode.announced || ts - episode.lastUpdateTs < UPDATE_EVERY_MS) return changes;
    episode.lastUpdateTs = ts;
    const record = this.recordOf(episode);
    const curve = curvePoints({ ...record, startTs: Math.max(episode.startTs, ts - UPDATE_CURVE_MS) });
    return [...changes, { kind: 'update', ...label, curve, bursts: burstsOf(record.customer, this.options) }];
  }

  private isContact(episode: Episode): boolean {
    return episode.durationMs >= this.options.contactMinMs;
  }

  /** A seller who passes through the customers' view; one whose contact was announced is none any more. */
  private isPassing(episode: Episode): boolean {
    return !episode.announced && (this.passing.cameOver(episode) || this.passing.hasPassed(episode));
  }

  /** Everything that can still matter has been seen, or has been waited for long enough. */
  private isComplete(episode: Episode): boolean {
    const { contactGapMs } = this.options;
    const sellerCaughtUp = this.seller.newestTs >= episode.lastSeenTs + contactGapMs;
    return sellerCaughtUp || this.newestCustomerTs >= episode.lastSeenTs + contactGapMs + this.deps.maxLagMs;
  }

  private finish(ready: (episode: Episode) => boolean): ContactChange[] {
    const done = this.closing.filter(
      (episode) => ready(episode) && this.isContact(episode) && !this.isPassing(episode),
    );
    this.closing = this.closing.filter((episode) => !ready(episode));
    return done.flatMap((episode) => [
      ...(episode.announced ? [] : [{ kind: 'start' as const, ...this.labelOf(episode) }]),
      { kind: 'end' as const, contact: assessContact(this.recordOf(episode), this.options) },
    ]);
  }

  private labelOf({ id, startTs }: Episode) {
    return { contactId: id, pointId: this.point.id, startTs };
  }

  private recordOf(episode: Episode): ContactRecord {
    const { id, startTs, lastSeenTs } = episode;
    return {
      id,
      pointId: this.point.id,
      startTs,
      endTs: lastSeenTs,
      customer: episode.readings,
      // A second before arrival shows whether the seller was smiling already.
      seller: this.seller.between(startTs - 1000, lastSeenTs + this.options.contactGapMs),
    };
  }

  private oldestNeededTs(): number {
    const newest = Math.max(this.newestCustomerTs, this.seller.newestTs);
    const waiting = [...this.customers.episodes, ...this.closing].map(({ startTs }) => startTs);
    const ahead = Number.isFinite(this.deps.maxLagMs) ? newest : this.newestCustomerTs;
    return Math.min(ahead - SELLER_MEMORY_MS, ...waiting.map((startTs) => startTs - SELLER_MEMORY_MS));
  }

  private restart(): ContactChange[] {
    this.clockJumps += 1;
    const ended = this.flush();
    this.seller.reset();
    this.passing.reset();
    this.newestCustomerTs = -Infinity;
    return ended;
  }
}
