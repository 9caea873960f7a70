import { dirname } from 'node:path';
import { defaultCacheDir } from '../config/environment.js';
import type { Config } from '../config/schema.js';
import type { CliContext } from './context.js';

/** The configuration with `inference.cache: auto` resolved to the user's cache folder. */
export const withCacheDir = (context: CliContext, config: Config): Config =>
  config.inference.cache === 'auto'
    ? { ...config, inference: { ...config.inference, cache: defaultCacheDir(context.env, dirname(config.store.path)) } }
    : config;
