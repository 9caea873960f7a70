import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configSchema } from '../../config/schema.js';
import { DEMO_CONTACT, makeDemoVideos } from '../../ingest/demo/make-demo-videos.js';
import { fillDemoStore } from '../../pipeline/demo/fill-demo-store.js';
import type { CliContext } from '../context.js';
import { withCacheDir } from '../with-cache-dir.js';
import { runService } from './serve.js';

const DEMO_STREAMS = {
  entrance: 'entrance',
  exit: 'exit',
  customer: DEMO_CONTACT.customer,
  seller: DEMO_CONTACT.seller,
} as const;

export interface DemoOptions {
  readonly port: number;
}

/** `emoscope demo`: the service over demo cameras and a store that is gone when it ends. */
export const demo = async (context: CliContext, options: DemoOptions, version: string): Promise<void> => {
  const shown = new Map<string, number>();
  const videos = await makeDemoVideos({
    onProgress: (camera, share) => {
      const percent = Math.round(share * 4) * 25;
      if (shown.get(camera) === percent) return;
      shown.set(camera, percent);
      context.err.write(`${context.say('demoMaking', camera, percent)}\n`);
    },
  });
  const folder = await mkdtemp(join(tmpdir(), 'emoscope-demo-'));
  const config = configSchema.parse({
    // Stands over every page and every report, so that no figure is taken for a real one.
    site: { name: context.say('demoName'), language: context.language },
    server: { port: options.port, accounts: join(folder, 'accounts.json') },
    store: { path: join(folder, 'demo.duckdb') },
    // Nobody in the photographs works here, so that the seller's curve can be shown.
    privacy: { jurisdiction: 'other', sellerAnalytics: 'on' },
    streams: videos.map(({ id, name, role, file }) => ({
      id,
      name: name[context.language],
      role,
      url: file,
      loop: true,
      fps: 5,
      // The demonstration is made of photographs.
      stillFaces: 'keep',
    })),
    contacts: [{ ...DEMO_CONTACT, name: DEMO_CONTACT.name[context.language] }],
  });
  try {
    await runService(context, withCacheDir(context, config), {
      configFile: null,
      version,
      beside: (store, signal) => fillDemoStore(store, config, DEMO_STREAMS, Date.now(), signal),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
