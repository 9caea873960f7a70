import type { Config } from '../../config/schema.js';
import { EmoscopeError } from '../../runtime/errors.js';
import { isLoopbackHost } from './origin.js';

/** Throws BIND_REFUSED when the service would be reachable from elsewhere while nobody has to log in. */
export const assertBindable = (server: Config['server'], hasAccounts: boolean): void => {
  if (hasAccounts) return;
  if (!isLoopbackHost(server.host)) {
    throw new EmoscopeError(
      'BIND_REFUSED',
      `Listening on ${server.host} is refused while there are no accounts; create one with "emoscope user add", or listen on 127.0.0.1.`,
    );
  }
  if (server.trustProxy !== false) {
    throw new EmoscopeError(
      'BIND_REFUSED',
      'Standing behind a proxy (server.trustProxy) is refused while there are no accounts; create one with "emoscope user add".',
    );
  }
};
