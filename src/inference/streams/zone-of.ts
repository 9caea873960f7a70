import type { ZoneConfig } from '../../config/schema.js';
import type { Box } from '../../contracts/face.js';

/** Whether a point lies in a polygon (even–odd rule). */
const inside = (x: number, y: number, polygon: ZoneConfig['polygon']): boolean => {
  let within = false;
  let previous = polygon.at(-1);
  for (const corner of polygon) {
    const [x1, y1] = corner;
    const [x0, y0] = previous ?? corner;
    if (y1 > y !== y0 > y && x < ((x0 - x1) * (y - y1)) / (y0 - y1) + x1) within = !within;
    previous = corner;
  }
  return within;
};

/** The first zone whose polygon holds the centre of the box, or null. */
export const zoneOf = (box: Box, zones: readonly ZoneConfig[]): ZoneConfig | null =>
  zones.find((zone) => inside(box.x + box.width / 2, box.y + box.height / 2, zone.polygon)) ?? null;
