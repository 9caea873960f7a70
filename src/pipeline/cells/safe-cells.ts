import type { Covered } from '../../contracts/cell.js';
import type { Me1Params } from '../../contracts/me1.js';
import { releasedCells, type CellSources } from './released.js';

/** The cells of a period in which a question about a zone or about faces by size is safe. */
export const safeCells = async (sources: CellSources, params: Me1Params): Promise<readonly Covered[]> => {
  const cells = await releasedCells(sources, params, { level: 'cell', parted: params.zoneId !== undefined });
  return params.minFacePx === undefined ? cells : [];
};
