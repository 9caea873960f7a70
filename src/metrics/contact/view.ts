import type { ContactPoint } from '../../contracts/contact.js';
import type { FrameResult, TrackedFace } from '../../contracts/face.js';

/** One side of a contact point: a whole stream, or one zone of it. */
export interface View {
  readonly streamId: string;
  readonly zoneId: string | null;
}

/** Reads `stream` or `stream/zone`. */
const parseView = (text: string): View => {
  const slash = text.indexOf('/');
  return slash === -1
    ? { streamId: text, zoneId: null }
    : { streamId: text.slice(0, slash), zoneId: text.slice(slash + 1) };
};

/** The two views of a point; where both are of one stream, a whole-stream view leaves the other's zone out. */
export class PointViews {
  readonly seller: View;
  readonly customer: View;

  constructor(point: Pick<ContactPoint, 'seller' | 'customer'>) {
    this.seller = parseView(point.seller);
    this.customer = parseView(point.customer);
  }

  /** Faces of the seller side in this frame, recognised or not; null when the frame is of another stream. */
  sellers(result: FrameResult): TrackedFace[] | null {
    return facesIn(result, this.seller, this.customer, () => true);
  }

  /** Faces of the customer side; people in a zone that belongs to sellers are none. */
  customers(result: FrameResult): TrackedFace[] | null {
    return facesIn(result, this.customer, this.seller, (face) => face.zoneId === null || face.role !== 'seller');
  }
}

const facesIn = (
  result: FrameResult,
  view: View,
  other: View,
  belongs: (face: TrackedFace) => boolean,
): TrackedFace[] | null => {
  if (result.streamId !== view.streamId) return null;
  if (view.zoneId !== null) return result.faces.filter((face) => face.zoneId === view.zoneId);
  const taken = other.streamId === view.streamId ? other.zoneId : null;
  return result.faces.filter((face) => belongs(face) && (taken === null || face.zoneId !== taken));
};
