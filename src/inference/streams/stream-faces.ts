import type { AttentionLimits, Config, QualityLimits, StreamConfig, ZoneConfig } from '../../config/schema.js';
import type { Box, TrackedFace } from '../../contracts/face.js';
import type { Role } from '../../contracts/role.js';
import type { FaceRequest, FoundFace } from '../engine/port.js';
import type { FaceDescription } from '../describe/face-description.js';
import { fractionsOf, type PixelBox, type SharedPicture } from '../pixels/picture.js';
import { StreamLiveness } from './liveness/stream-liveness.js';
import { LookPlan } from './look-plan.js';
import { ShapeMemory } from '../describe/shape/shape-memory.js';
import { type FaceMeasures, qualityOf, rejectionOf } from '../describe/quality/quality-gate.js';
import { SteadySize } from './tracker/steady-size.js';
import { StreamTracker } from './tracker/stream-tracker.js';
import { TrackMemory } from './tracker/track-memory.js';
import { zoneOf } from './zone-of.js';

/** How one stream is analysed. */
export interface StreamOptions {
  readonly id: string;
  readonly role: Role;
  readonly fps: number;
  readonly zones: readonly ZoneConfig[];
  readonly quality: QualityLimits;
  readonly attention: AttentionLimits;
  readonly smoothingMs: Config['metrics']['smoothingMs'];
  /** Whether faces that do not live (posters, screens) are told from people; absent: keep, all count as people. */
  readonly stillFaces?: StreamConfig['stillFaces'];
}

/** A finding that belongs to a track, ready to be described. */
export interface FollowedFace {
  readonly trackId: string;
  readonly found: FoundFace;
  readonly box: Box;
  readonly request: FaceRequest;
}

/** Mesh confidence that makes a finding a face; below, the quality gate calls a known face occluded. */
const MIN_PRESENCE = 0.3;
/** Age and gender of smaller faces, pixels, are no better than the population's mean and a coin (docs/accuracy.md): they are not told. */
const MIN_ATTRIBUTES_PX = 32;

const placeOf = ({ box }: FoundFace): { readonly x: number; readonly y: number; readonly size: number } => ({
  x: box.x + box.width / 2,
  y: box.y + box.height / 2,
  size: box.width,
});

/** What is known of the faces of one stream from frame to frame: tracks, smoothed values, zones, limits. */
export class StreamFaces {
  private readonly tracker: StreamTracker;
  private readonly memory: TrackMemory;
  private readonly lastQuality = new Map<string, number>();
  /** Tracks in which the mesh has seen a face at least once. */
  private readonly confirmed = new Set<string>();
  private readonly shapes = new ShapeMemory();
  private readonly sizes = new SteadySize();
  private readonly lives: StreamLiveness | null;
  private readonly looks: LookPlan;

  constructor(private readonly options: StreamOptions) {
    this.tracker = new StreamTracker({ fps: options.fps });
    this.memory = new TrackMemory({ smoothingMs: options.smoothingMs });
    this.looks = new LookPlan(options.zones, options.fps);
    this.lives = options.stillFaces === 'leave-out' ? new StreamLiveness() : null;
  }

  /** Where to look for faces in a picture taken at `ts`. */
  regions(picture: SharedPicture, ts: number): PixelBox[] {
    return this.looks.regions(
      picture,
      this.tracker.predict(ts).map(({ box }) => box),
    );
  }

  /** Gives each finding its track; those too weak to be followed are left out. `limit` keeps the surest faces. */
  follow(
    found: readonly FoundFace[],
    frame: { readonly ts: number; readonly width: number; readonly height: number },
    limit: number,
  ): { readonly faces: FollowedFace[]; readonly ended: readonly string[] } {
    const { width, height, ts } = frame;
    const boxes = found.slice(0, limit).map(({ box, score }) => ({
      box: fractionsOf(box, frame),
      score,
    }));
    const { trackIds, ended } = this.tracker.update(ts, boxes, width / height);
    const faces = trackIds.flatMap((trackId, i) => {
      const face = found[i];
      const box = boxes[i]?.box;
      if (trackId === null || face === undefined || box === undefined) return [];
      const large = Math.min(face.box.width, face.box.height) >= MIN_ATTRIBUTES_PX;
      const attributes = large && this.memory.wantsAttributes(trackId, this.lastQuality.get(trackId) ?? 1);
      const shape = this.shapes.recall(trackId, ts, face.points);
      const steady = this.sizes.steady(trackId, ts, face.box);
      return [{ trackId, found: face, box, request: { box: steady, points: face.points, attributes, shape } }];
    });
    return { faces, ended };
  }

  /**
   * Joins a followed face with its description into what the metrics get. null: the mesh sees no face there and never
   * has in this track, so it is some face-like thing, not an occluded face.
   */
  complete(face: FollowedFace, description: FaceDescription, ts: number): TrackedFace | null {
    const { trackId, found, box } = face;
    if (description.shape !== null) this.shapes.remember(trackId, ts, found.points, description.shape);
    if (description.presence === null || description.presence >= MIN_PRESENCE) this.confirmed.add(trackId);
    else if (!this.confirmed.has(trackId)) return null;
    const sizePx = Math.min(found.box.width, found.box.height);
    const { pose, presence, sharpness, mouth } = description;
    const covered = mouth?.covered ?? null;
    const measures: FaceMeasures = { sizePx, score: found.score, sharpness, pose, presence, covered, box };
    const quality = qualityOf(measures);
    const life =
      this.lives?.judge({ trackId, tsMs: ts, box, sizePx, mobilePoints: description.mobilePoints }) ?? 'living';
    const rejected = rejectionOf(measures, this.options.quality) ?? (life === 'still' ? 'still' : null);
    this.lastQuality.set(trackId, quality);
    if (description.attributes !== null && rejected === null)
      this.memory.addAttributes(trackId, { ...description.attributes, quality });
    const { attention } = this.options;
    const zone = zoneOf(box, this.options.zones);
    return {
      trackId,
      box,
      score: found.score,
      sizePx,
      ...this.memory.express(trackId, ts, description.emotions, mouth && { open: mouth.open, ...placeOf(found) }),
      ...this.memory.attributes(trackId),
      pose,
      attention: Math.abs(pose.yaw) <= attention.maxYawDeg && Math.abs(pose.pitch) <= attention.maxPitchDeg,
      quality,
      rejected,
      unsure: life === 'unsure',
      zoneId: zone?.id ?? null,
      role: zone?.role ?? this.options.role,
    };
  }

  /** Ends every track and returns their ids. */
  endAll(): readonly string[] {
    const ended = this.tracker.endAll();
    this.forget(ended);
    return ended;
  }

  /** Forgets ended tracks; call after the frame's faces are complete. */
  forget(trackIds: readonly string[]): void {
    this.memory.forget(trackIds);
    for (const id of trackIds) {
      this.lastQuality.delete(id);
      this.confirmed.delete(id);
      this.shapes.forget(id);
      this.sizes.forget(id);
      this.lives?.forget(id);
    }
  }
}
