import type { TrackedFace } from '../../contracts/face.js';
import { AUDIENCE_OF, type Role } from '../../contracts/role.js';
import { REPEATED_FRAMES, type FrameCount } from '../../contracts/sample.js';
import type { SampledFrame } from './sample.js';

/** Which roles and zones a stream has, as its configuration says. */
export interface StreamLayout {
  readonly id: string;
  readonly role: Role;
  readonly zones: readonly { readonly id: string; readonly role?: Role | undefined }[];
}

type Place = Pick<FrameCount, 'role' | 'zoneId'>;

/** Between frames further apart than this a walker is gone and another come: people cannot be followed, ms. */
const FOLLOWED_MS = 1000;

const holds = (place: Place, face: Pick<TrackedFace, 'role' | 'zoneId'>): boolean =>
  face.role === place.role && (place.zoneId === null || place.zoneId === face.zoneId);

/** The roles of a stream: its own first, then those its zones add. */
export const rolesOf = (layout: StreamLayout): Role[] => [
  ...new Set([layout.role, ...layout.zones.map((zone) => zone.role ?? layout.role)]),
];

/**
 * Counts one stream's frames by role and zone. A frame without faces is analysed for every role of the stream. The rows
 * of a frame go where its samples go, in one piece, so that nothing ever counts the one without the other; rows of one
 * second add up.
 */
export class FrameCounter {
  private readonly places: readonly Place[];
  private readonly visitorRoles: readonly Role[];
  private lastTs: number | null = null;

  constructor(private readonly layout: StreamLayout) {
    const roles = rolesOf(layout);
    this.places = [
      ...roles.map((role) => ({ role, zoneId: null })),
      ...layout.zones.map((zone) => ({ role: zone.role ?? layout.role, zoneId: zone.id })),
    ];
    this.visitorRoles = roles.filter((role) => AUDIENCE_OF[role] === 'visitors');
  }

  /** The rows of the next analysed frame, for every role (zoneId null) and every zone. */
  countsOf(result: SampledFrame): FrameCount[] {
    const rows = this.rowsOf(result, this.lastTs);
    this.lastTs = result.ts;
    return rows;
  }

  /** When the frame counted last was taken, epoch ms; null: none yet. */
  get previousTs(): number | null {
    return this.lastTs;
  }

  /** The rows that a frame after one of `previousTs` would have; counts nothing. */
  rowsOf(result: SampledFrame, previousTs: number | null): FrameCount[] {
    const head = { ts: Math.floor(result.ts / 1000) * 1000, streamId: this.layout.id };
    const { samples } = result;
    const stillFaces = result.faces.filter(({ rejected }) => rejected === 'still');
    const late = previousTs !== null && result.ts - previousTs > FOLLOWED_MS ? 1 : 0;
    const rows = this.places.map((place) => {
      const here = samples.filter((sample) => holds(place, sample)).length;
      const still = stillFaces.filter((face) => holds(place, face)).length;
      return { ...head, ...place, analysed: 1, withFaces: here > 0 ? 1 : 0, faces: here, still, late };
    });
    const [role, ...others] = this.visitorRoles;
    if (role === undefined || others.length === 0) return rows;
    const seen = this.visitorRoles.filter((one) => samples.some((sample) => sample.role === one)).length;
    const withFaces = Math.max(0, seen - 1);
    return [
      ...rows,
      { ...head, role, zoneId: REPEATED_FRAMES, analysed: others.length, withFaces, faces: 0, still: 0, late: 0 },
    ];
  }
}
