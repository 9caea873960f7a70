import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeDemo, demoVideos } from '../../pipeline/compose/demo.js';
import type { CliContext } from '../context.js';
import { withCacheDir } from '../with-cache-dir.js';
import { runService } from './serve.js';

export interface DemoOptions {
  readonly port: number;
}

/** `emoscope demo`: the service over demo cameras and a store that is gone when it ends. */
export const demo = async (context: CliContext, options: DemoOptions, version: string): Promise<void> => {
  const shown = new Map<string, number>();
  const videos = await demoVideos((camera, share) => {
    const percent = Math.round(share * 4) * 25;
    if (shown.get(camera) === percent) return;
    shown.set(camera, percent);
    context.err.write(`${context.say('demoMaking', camera, percent)}\n`);
  });
  const folder = await mkdtemp(join(tmpdir(), 'emoscope-demo-'));
  const { language } = context;
  const { config, beside } = composeDemo(videos, {
    ...{ siteName: context.say('demoName'), language, folder },
    port: options.port,
  });
  try {
    await runService(context, withCacheDir(context, config), { configFile: null, version, beside });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
