import { EmoscopeError } from '../../runtime/errors.js';
import type { Monitor } from '../camera/monitor.js';
import type { StreamRuntime } from '../camera/stream-runtime.js';

/** Says that no camera has this id. */
export const unknownStream = (id: string): EmoscopeError =>
  new EmoscopeError('STREAM_UNKNOWN', { ru: `Камеры «${id}» нет.`, en: `No stream is called "${id}".` });

/** The camera at work; throws STREAM_UNKNOWN. */
export const runtimeOf = (monitor: Monitor, id: string): StreamRuntime => {
  const runtime = monitor.runtime(id);
  if (runtime === null) throw unknownStream(id);
  return runtime;
};
