import type { FaceRequest } from '../port.js';

/** What a face costs beside its expression, in expressions: its mesh, and its age and gender, seen twice. */
const MESH_COST = 0.8;
const ATTRIBUTES_COST = 1.4;

const costOf = ({ shape, attributes }: FaceRequest): number =>
  1 + (shape ? 0 : MESH_COST) + (attributes ? ATTRIBUTES_COST : 0);

/** The faces with their places in the list, those that take longest first, so that threads that share them end together. */
export const dearestFirst = (
  faces: readonly FaceRequest[],
): readonly { readonly face: FaceRequest; readonly place: number }[] =>
  faces.map((face, place) => ({ face, place })).sort((a, b) => costOf(b.face) - costOf(a.face));
