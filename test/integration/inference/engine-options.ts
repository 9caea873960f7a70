import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Config, configSchema } from '../../../src/config/schema.js';
import type { StreamOptions } from '../../../src/inference/engine/service.js';
import { createLogger } from '../../../src/runtime/logger.js';

const defaults = configSchema.parse({});

/** The default configuration of inference with some keys changed. */
export const inferenceConfig = (changes: Partial<Config['inference']> = {}): Config['inference'] => ({
  ...defaults.inference,
  ...changes,
});

/** A stream with the default limits. */
export const streamOptions = (id: string, changes: Partial<StreamOptions> = {}): StreamOptions => ({
  id,
  role: 'customer',
  fps: 5,
  zones: [],
  quality: defaults.quality,
  attention: defaults.attention,
  smoothingMs: defaults.metrics.smoothingMs,
  ...changes,
});

export const silentLogger = createLogger({ level: 'silent', pretty: false });

/** The folder of optional test media, or null where it is missing. */
export const mediaFolder = (): string | null => {
  const fallback = fileURLToPath(new URL('../../../../shared/media', import.meta.url));
  const folder = process.env['EMOSCOPE_TEST_MEDIA'] ?? fallback;
  return existsSync(path.join(folder, 'images')) ? folder : null;
};
