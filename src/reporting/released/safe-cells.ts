import { FACE_SIZE_STEPS_PX, type Covered } from '../../contracts/cell.js';
import type { Me1Params } from '../../contracts/me1.js';
import { releasedCells, type CellSources } from './released.js';

/** The size by which figures are answered: the next fixed step at or above the asked one, the largest beyond it. */
export const sizeStepOf = (minFacePx: number): number =>
  FACE_SIZE_STEPS_PX.find((step) => step >= minFacePx) ?? Math.max(...FACE_SIZE_STEPS_PX);

/** The cells in which a question about a zone is safe, or the unions in which one about faces by size is; both at once never are. */
export const safeCells = async (sources: CellSources, params: Me1Params): Promise<readonly Covered[]> => {
  const { zoneId, minFacePx } = params;
  if (zoneId !== undefined && minFacePx !== undefined) return [];
  return releasedCells(sources, params, {
    level: minFacePx === undefined ? 'cell' : 'wide',
    parted: zoneId !== undefined,
    ...(minFacePx === undefined ? {} : { sizePx: minFacePx }),
  });
};
