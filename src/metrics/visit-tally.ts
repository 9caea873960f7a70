import type { Sample } from '../contracts/sample.js';
import { hasSmiled, isSmile } from './smile-index.js';

/** One visit: a track in one role, from its first counted sample on. */
export interface Visit {
  readonly streamId: string;
  readonly role: Sample['role'];
  readonly startTs: number;
  readonly smiled: boolean;
  /** Zone of most of its samples. */
  readonly zoneId: string | null;
}

interface Tally {
  readonly first: Sample;
  startTs: number;
  samples: number;
  smiles: number;
  readonly zones: Map<string | null, number>;
}

/** Samples added up to visits, which is what the reading `person` counts. */
export class VisitTally {
  private readonly tallies = new Map<string, Tally>();

  constructor(private readonly threshold: number) {}

  add(sample: Sample): void {
    const { streamId, role, trackId, ts, zoneId } = sample;
    const key = JSON.stringify([streamId, role, trackId]);
    const tally = this.tallies.get(key) ?? {
      first: sample,
      startTs: ts,
      samples: 0,
      smiles: 0,
      zones: new Map<string | null, number>(),
    };
    this.tallies.set(key, tally);
    tally.startTs = Math.min(tally.startTs, ts);
    tally.samples += 1;
    if (isSmile(sample.emotions.happiness, this.threshold)) tally.smiles += 1;
    tally.zones.set(zoneId, (tally.zones.get(zoneId) ?? 0) + 1);
  }

  visits(): Visit[] {
    return [...this.tallies.values()].map(({ first, startTs, samples, smiles, zones }) => ({
      streamId: first.streamId,
      role: first.role,
      startTs,
      smiled: hasSmiled(smiles, samples),
      zoneId: [...zones].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null,
    }));
  }
}
