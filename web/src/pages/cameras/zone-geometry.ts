/** A point of the picture, each coordinate 0–1. */
export type Corner = readonly [number, number];

/** Inside the picture, to a thousandth. */
export const clamp = (value: number): number => Math.min(1, Math.max(0, Math.round(value * 1000) / 1000));

/** Where in the drawing the pointer is. */
export const cornerAt = (drawing: SVGSVGElement | null, event: MouseEvent): Corner => {
  const box = drawing?.getBoundingClientRect();
  if (box === undefined) return [0, 0];
  return [clamp((event.clientX - box.left) / box.width), clamp((event.clientY - box.top) / box.height)];
};

const ARROWS: Readonly<Record<string, Corner>> = {
  ArrowLeft: [-0.01, 0],
  ArrowRight: [0.01, 0],
  ArrowUp: [0, -0.01],
  ArrowDown: [0, 0.01],
};

/** How far a key moves a zone or a corner; null for other keys. */
export const stepOf = (event: KeyboardEvent): Corner | null => {
  const arrow = ARROWS[event.key];
  if (arrow === undefined) return null;
  const factor = event.shiftKey ? 5 : 1;
  return [arrow[0] * factor, arrow[1] * factor];
};

/** Width of the drawing, units of the SVG. */
export const WIDTH = 1000;

/** Corners as an SVG list of points. */
export const pointsOf = (corners: readonly Corner[], height: number): string =>
  corners.map(([x, y]) => `${String(x * WIDTH)},${String(y * height)}`).join(' ');

const moved = (polygon: readonly Corner[], index: number, to: Corner): Corner[] =>
  polygon.map((corner, at) => (at === index ? [clamp(to[0]), clamp(to[1])] : corner));

/** Zones with one corner moved, taken out or put in, and the whole zone moved. */
export const shaped = {
  moveCorner: moved,
  removeCorner: (polygon: readonly Corner[], index: number): Corner[] => polygon.filter((_, at) => at !== index),
  insertAfter: (polygon: readonly Corner[], index: number, corner: Corner): Corner[] =>
    polygon.toSpliced(index + 1, 0, corner),
  moveBy: (polygon: readonly Corner[], step: Corner): Corner[] =>
    polygon.map(([x, y]) => [clamp(x + step[0]), clamp(y + step[1])]),
};
