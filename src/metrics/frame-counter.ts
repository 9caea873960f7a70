import type { FrameResult, TrackedFace } from '../contracts/face.js';
import type { Role } from '../contracts/role.js';
import type { FrameCount } from '../contracts/sample.js';
import { recognisedFaces } from './sample.js';

/** Which roles and zones a stream has, as its configuration says. */
export interface StreamLayout {
  readonly id: string;
  readonly role: Role;
  readonly zones: readonly { readonly id: string; readonly role?: Role | undefined }[];
}

type Place = Pick<FrameCount, 'role' | 'zoneId'>;

interface Row {
  readonly place: Place;
  analysed: number;
  withFaces: number;
  faces: number;
}

const holds = (place: Place, face: TrackedFace): boolean =>
  face.role === place.role && (place.zoneId === null || place.zoneId === face.zoneId);

/** The roles of a stream: its own first, then those its zones add. */
export const rolesOf = (layout: StreamLayout): Role[] => [
  ...new Set([layout.role, ...layout.zones.map((zone) => zone.role ?? layout.role)]),
];

/** Every role (zoneId null) and every zone of a stream. */
const placesOf = (layout: StreamLayout): Place[] => [
  ...rolesOf(layout).map((role) => ({ role, zoneId: null })),
  ...layout.zones.map((zone) => ({ role: zone.role ?? layout.role, zoneId: zone.id })),
];

/**
 * Counts one stream's frames per second, role and zone. A frame without faces is analysed for every role of the stream.
 * Rows leave when their second is over; a clock that jumps back can give the same second twice, and the counts then add.
 */
export class FrameCounter {
  private readonly places: readonly Place[];
  private second: number | null = null;
  private rows: Row[] = [];

  constructor(private readonly layout: StreamLayout) {
    this.places = placesOf(layout);
  }

  /** Takes one analysed frame; returns the rows of the second that it closed, if any. */
  add(result: FrameResult): FrameCount[] {
    const second = Math.floor(result.ts / 1000) * 1000;
    const closed = second === this.second ? [] : this.flush();
    if (this.second === null) {
      this.second = second;
      this.rows = this.places.map((place) => ({ place, analysed: 0, withFaces: 0, faces: 0 }));
    }
    const faces = recognisedFaces(result);
    for (const row of this.rows) {
      const here = faces.filter((face) => holds(row.place, face)).length;
      row.analysed += 1;
      row.faces += here;
      if (here > 0) row.withFaces += 1;
    }
    return closed;
  }

  /** Rows of the running second, which is thereby over. */
  flush(): FrameCount[] {
    const { second } = this;
    if (second === null) return [];
    this.second = null;
    return this.rows.map(({ place, analysed, withFaces, faces }) => ({
      ts: second,
      streamId: this.layout.id,
      ...place,
      analysed,
      withFaces,
      faces,
    }));
  }
}
