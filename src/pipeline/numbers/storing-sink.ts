import type { FrameNumbers, NumbersSink } from './numbers-sink.js';
import type { ContactWatch } from './contact-watch.js';
import { sellerAnalyticsOf } from '../../config/seller-analytics.js';
import type { Config } from '../../config/schema.js';
import type { CountObservation } from '../../contracts/observation.js';
import type { TrackSummary } from '../../contracts/sample.js';
import type { HeldRows, RowSink } from '../../store/ports/row-sink.js';

/** Where live and offline numbers go alike: the store, and the detectors of contacts. Sellers are dropped where the law says so. */
export class StoringSink implements NumbersSink {
  private readonly withSellers: boolean;

  constructor(
    private readonly store: Pick<RowSink, 'append'>,
    private readonly contacts: ContactWatch,
    privacy: Config['privacy'],
  ) {
    this.withSellers = sellerAnalyticsOf(privacy) !== 'off';
  }

  numbers({ result, samples, frames, tracks, decided }: FrameNumbers): void {
    const batch = { samples: this.allowed(samples), frames: this.allowed(frames), tracks: this.allowed(tracks) };
    const keys = decided === undefined ? {} : { decided: [decided] };
    if (decided !== undefined || batch.samples.length + batch.frames.length + batch.tracks.length > 0)
      this.store.append({ ...batch, ...keys });
    this.contacts.push(result);
  }

  ended(tracks: readonly TrackSummary[]): void {
    if (tracks.length > 0) this.store.append({ tracks: this.allowed(tracks) });
  }

  counted(facts: readonly CountObservation[]): void {
    if (facts.length > 0) this.store.append({ observations: facts });
  }

  hold({ key, samples, frames }: HeldRows, insteadOf?: string): void {
    const held = [{ key, samples: this.allowed(samples), frames: this.allowed(frames) }];
    this.store.append({ held, ...(insteadOf === undefined ? {} : { decided: [insteadOf] }) });
  }

  private allowed<Row extends { readonly role: string }>(rows: readonly Row[]): readonly Row[] {
    return this.withSellers ? rows : rows.filter(({ role }) => role !== 'seller');
  }
}
