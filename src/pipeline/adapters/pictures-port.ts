import type { PicturesPort } from '../../api/streams/pictures-port.js';
import type { Monitor } from '../camera/monitor.js';
import { runtimeOf } from './runtime-of.js';

/** The newest picture of each camera, and all of them as they come. */
export const createPicturesPort = (monitor: Monitor): PicturesPort => ({
  snapshot: (id, options) => runtimeOf(monitor, id).snapshot(options),
  watch: (id, options, show) => runtimeOf(monitor, id).watch(options, show),
});
