import type { Box } from '../../../contracts/face.js';

/** Intersection over union of two boxes in one unit, 0–1. */
export const iou = (a: Box, b: Box): number => {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
};

/** Distance of two boxes' centres in units of their mean size (square root of the area); `aspect` is frame width ÷ height. */
export const centreDistance = (a: Box, b: Box, aspect: number): number => {
  const dx = (a.x + a.width / 2 - b.x - b.width / 2) * aspect;
  const dy = a.y + a.height / 2 - b.y - b.height / 2;
  const size = (Math.sqrt(a.width * aspect * a.height) + Math.sqrt(b.width * aspect * b.height)) / 2;
  return Math.hypot(dx, dy) / Math.max(size, 1e-9);
};
