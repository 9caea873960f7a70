import { basename, dirname } from 'node:path';
import { configSchema, type StreamConfig } from '../../config/schema.js';
import type { Input } from './inputs.js';
import type { Recording } from './analysis.js';

export interface MaterialOptions {
  readonly fps: number;
  readonly maxWidth: number;
  readonly startTs: number;
  /** Whether faces that do not live count, as in material made of photographs. */
  readonly stillFaces: StreamConfig['stillFaces'];
}

const PICTURE_STEP_MS = 1000;

const streamFor = (id: string, source: string, stillFaces: StreamConfig['stillFaces']): StreamConfig => {
  const [stream] = configSchema.parse({ streams: [{ id: 'material', url: source }] }).streams;
  if (stream === undefined) throw new Error('the schema lost a stream');
  return { ...stream, id, name: basename(id), stillFaces };
};

/**
 * Inputs as recordings: each video is a stream of its own that starts at `startTs`; the pictures of one folder are one
 * stream, a second apart.
 */
export const recordingsOf = (inputs: readonly Input[], options: MaterialOptions): Recording[] => {
  const pictures = new Map<string, number>();
  return inputs.map((input) => {
    const id = input.kind === 'picture' ? dirname(input.label) : input.label;
    const index = pictures.get(id) ?? 0;
    if (input.kind === 'picture') pictures.set(id, index + 1);
    const stream = streamFor(id, input.source, options.stillFaces);
    const startTs = options.startTs + (input.kind === 'picture' ? index * PICTURE_STEP_MS : 0);
    return { stream, source: { streamId: id, input, fps: options.fps, maxWidth: options.maxWidth, startTs } };
  });
};
