import { configSchema } from '../../../src/config/schema.js';
import type { Frame } from '../../../src/contracts/frame.js';
import { InferenceService, type StreamOptions } from '../../../src/inference/engine/service.js';
import { createLogger } from '../../../src/runtime/logger.js';
import { seeded } from '../intervals.js';
import { type Condition, croppedTo, type MeshedFace, type Rgb, shrunkTo } from './conditions/index.js';
import type { LabelledFace } from './labelled-faces.js';
import { faceAt, type StressCase, toldOf } from './seen-face.js';

/** The size of a face that stands at a counter, and how much of the picture around it is kept, sides to each side. */
export const COUNTER_PX = 128;
const AROUND = 1.5;

export interface PreparedFace {
  readonly label: LabelledFace;
  readonly face: MeshedFace;
}

/** The service that serves cameras, with the limits a shop has if it sets none. */
export const startService = (expression: 'fast' | 'best'): Promise<InferenceService> => {
  const { inference } = configSchema.parse({ inference: { expression } });
  return InferenceService.start({ inference, logger: createLogger({ level: 'warn', pretty: false }) });
};

export const cameraOf = (id: string, fps: number): StreamOptions => {
  const { quality, attention, metrics } = configSchema.parse({});
  return { id, role: 'customer', fps, zones: [], quality, attention, smoothingMs: metrics.smoothingMs };
};

export const frameOf = ({ width, height, data }: Rgb, streamId: string, seq: number, ts: number): Frame => ({
  streamId,
  seq,
  ts,
  arrivedMs: performance.now(),
  width,
  height,
  data,
});

/** The middle of the mesh, where a found face has to be. */
export const middleOf = ({ mesh }: MeshedFace): { x: number; y: number } => {
  const mean = (axis: number): number => mesh.reduce((sum, v, i) => (i % 3 === axis ? sum + v : sum), 0) / 468;
  return { x: mean(0), y: mean(1) };
};

/** What the service tells of a face in one still picture of a camera at a counter. */
export const showPicture = async (
  service: InferenceService,
  { label, face }: PreparedFace,
  condition: Condition,
  seed: number,
): Promise<StressCase> => {
  const made = condition(shrunkTo(croppedTo(face, AROUND), COUNTER_PX), seeded(seed));
  const id = `picture-${seed}`;
  service.openStream(cameraOf(id, 1));
  try {
    const result = await service.analyze(frameOf(made.picture, id, 1, seed));
    const { x, y } = middleOf(made);
    const seen = faceAt(result, x, y, made.sidePx);
    const found = seen === null ? 0 : 1;
    return { face: label, told: seen === null ? null : toldOf(seen), frames: 1, foundFrames: found, tracks: found };
  } finally {
    service.closeStream(id);
  }
};
