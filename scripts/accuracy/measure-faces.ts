import { InferenceService } from '../../src/inference/engine/service.js';
import { readPicture } from '../../src/ingest/recordings/read-picture.js';
import { configSchema } from '../../src/config/schema.js';
import { createLogger } from '../../src/runtime/logger.js';
import type { FrameResult, TrackedFace } from '../../src/contracts/face.js';

export interface MeasureOptions {
  readonly engine: 'onnx' | 'human';
  readonly expression: 'fast' | 'best';
  /** Accept every found face, whatever its quality (for labelled portraits). */
  readonly anyQuality: boolean;
}

/** Wide enough that no labelled picture is scaled: labels are in its pixels. */
const MAX_WIDTH = 7680;
const GATE_OPEN = { minFacePx: 8, minScore: 0, minSharpness: 0, maxYawDeg: 90, maxPitchDeg: 90 };

/** Pictures through the very service that serves cameras; every picture is a stream of its own, so nothing carries over. */
export class FaceMeter {
  private next = 0;

  private constructor(
    private readonly service: InferenceService,
    private readonly options: MeasureOptions,
  ) {}

  static async start(options: MeasureOptions): Promise<FaceMeter> {
    const { inference } = configSchema.parse({
      inference: { engine: options.engine, expression: options.expression },
    });
    const logger = createLogger({ level: 'warn', pretty: false });
    return new FaceMeter(await InferenceService.start({ inference, logger }), options);
  }

  describe(): string {
    const { engine, device } = this.service.info();
    return `engine ${engine}, device ${device}, expression ${this.options.expression}`;
  }

  /** Everything found in one picture file. */
  async measure(file: string): Promise<FrameResult> {
    this.next += 1;
    const id = `picture-${this.next}`;
    const { quality, attention, metrics } = configSchema.parse({});
    this.service.openStream({
      id,
      role: 'customer',
      fps: 1,
      zones: [],
      quality: this.options.anyQuality ? GATE_OPEN : quality,
      attention,
      smoothingMs: metrics.smoothingMs,
    });
    try {
      return await this.service.analyze(await readPicture(file, { streamId: id, maxWidth: MAX_WIDTH, ts: this.next }));
    } finally {
      this.service.closeStream(id);
    }
  }

  close(): Promise<void> {
    return this.service.close();
  }
}

/** The face a portrait is of: the largest of those the detector is at least half as sure of as of its surest. */
export const mainFace = ({ faces }: FrameResult): TrackedFace | null => {
  const surest = Math.max(0, ...faces.map(({ score }) => score));
  const likely = faces.filter(({ score }) => score >= surest / 2);
  return [...likely].sort((a, b) => b.sizePx - a.sizePx)[0] ?? null;
};
