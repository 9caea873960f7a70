import type { FoundFace } from '../engine/port.js';
import type { QuarterTurn } from '../pixels/rotated-picture.js';

const TURNS: readonly QuarterTurn[] = [90, 270, 180];
/** Turned looks begin when no face has been found for this long, and come this often. */
const EMPTY_MS = 15_000;
const EVERY_MS = 5000;
/** After a turned look that showed a face the next one comes sooner. */
const AGAIN_MS = 1000;
/** Moments with a face count once in this time, the newest of them decide. */
const VOTE_MS = 1000;
const MAX_VOTES = 20;
const MIN_VOTES = 5;
/** Share of the moments that must agree. */
const AGREED = 0.9;
/** A face that the detector is less sure of says nothing: heads that stand upside down get up to 0.75, upright and lying ones more. */
const MIN_SCORE = 0.8;
/** A head is taken for turned by a quarter within this angle, degrees. */
const NEAR_DEG = 30;

/** Tells from the faces of a stream whether its pictures lie on their side or stand on their head. */
export class OrientationDetector {
  private votes: (QuarterTurn | 0)[] = [];
  private votedTs = Number.NEGATIVE_INFINITY;
  private faceTs: number | null = null;
  private lookTs = Number.NEGATIVE_INFINITY;
  private nextTurn = 0;
  private hit = false;

  /** What the ordinary look found in the frame of `ts`. */
  seen(found: readonly FoundFace[], ts: number): void {
    this.faceTs ??= ts;
    const sure = found.filter(({ score }) => score >= MIN_SCORE);
    if (sure.length === 0) return;
    this.faceTs = ts;
    const turn = sure.map(turnOf).find((turned) => turned !== null);
    if (turn !== undefined) this.vote(turn, ts);
  }

  /** The turn to try in the frame of `ts`; null when it is not time for one. */
  due(ts: number): QuarterTurn | null {
    if (this.faceTs === null || ts - this.faceTs < EMPTY_MS) return null;
    if (ts - this.lookTs < (this.hit ? AGAIN_MS : EVERY_MS)) return null;
    this.lookTs = ts;
    return TURNS[this.nextTurn] ?? null;
  }

  /** What a turned look of `ts` found. */
  looked(turn: QuarterTurn, found: readonly FoundFace[], ts: number): void {
    this.hit = found.some((face) => face.score >= MIN_SCORE && turnOf(face) === 0);
    if (this.hit) this.vote(turn, ts);
    else this.nextTurn = (TURNS.indexOf(turn) + 1) % TURNS.length;
  }

  /** By how much the pictures should be turned; null while too little has been seen, or faces are upright. */
  get suggested(): QuarterTurn | null {
    const { votes } = this;
    if (votes.length < MIN_VOTES) return null;
    return TURNS.find((turn) => votes.filter((vote) => vote === turn).length >= AGREED * votes.length) ?? null;
  }

  private vote(turn: QuarterTurn | 0, ts: number): void {
    if (Math.abs(ts - this.votedTs) < VOTE_MS) return;
    this.votedTs = ts;
    this.votes = [...this.votes, turn].slice(-MAX_VOTES);
  }
}

/** The quarter by which a found face would have to be turned; 0 for an upright one, null in between. */
export const turnOf = ({ points }: FoundFace): QuarterTurn | 0 | null => {
  const [rightX = 0, rightY = 0, leftX = 0, leftY = 0] = points;
  const angle = (Math.atan2(leftY - rightY, leftX - rightX) * 180) / Math.PI;
  const quarter = Math.round(angle / 90) * 90;
  if (Math.abs(angle - quarter) > NEAR_DEG) return null;
  return ((360 - quarter) % 360) as QuarterTurn | 0;
};
