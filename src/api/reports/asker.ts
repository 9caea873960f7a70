import { EmoscopeError } from '../../runtime/errors.js';
import type { Asker } from '../../reporting/offer.js';
import type { AccountRole } from '../../contracts/service/account-role.js';
import { FACE_ROLE_OF } from '../../contracts/role.js';
import { may } from '../auth/roles.js';
import type { ApiContext } from '../context.js';
import { periodOf } from '../schemas/query.js';

/** The same ids; throws STREAM_UNKNOWN for one that is none, PRIVACY_REFUSED for a seller's where these are not shown. */
export const askedStreams = (
  { ports, disclosure }: Pick<ApiContext, 'ports' | 'disclosure'>,
  ids: readonly string[],
): readonly string[] => {
  for (const id of ids) {
    const status = ports.streams.get(id);
    if (status === null)
      throw new EmoscopeError('STREAM_UNKNOWN', {
        ru: 'Одной из этих камер нет.',
        en: 'No stream has one of these ids.',
      });
    disclosure.assertRole(FACE_ROLE_OF[status.role]);
  }
  return ids;
};

/** Who asks over HTTP, as their role and the time zone of the site have it. */
export const askerOf = (context: ApiContext, role: AccountRole | null): Asker => {
  const now = context.clock.now();
  return {
    period: (named) => periodOf(named, now, context.localTime),
    streams: (ids) => askedStreams(context, ids),
    seesSingles: role !== null && may(role, 'contacts'),
  };
};
