import { REJECT_REASONS } from '../../../../src/contracts/face.js';
import type { ServiceStatus } from '../../../../src/contracts/service/service-status.js';
import type { StreamStatus } from '../../../../src/contracts/stream.js';
import { t } from '../../i18n/i18n.js';
import { number, percent } from '../../values/format.js';

interface Props extends Pick<ServiceStatus, 'recognisedFaces' | 'refusedFaces'> {
  readonly streams: readonly StreamStatus[];
}

/** Of the faces found, how many are not counted, and why: what is withheld rather than guessed. */
export const RefusalsCard = ({ streams, recognisedFaces, refusedFaces }: Props) => {
  const refused = (stream: string, reason: (typeof REJECT_REASONS)[number]): number =>
    refusedFaces[stream]?.[reason] ?? 0;
  const shown = REJECT_REASONS.filter((reason) => streams.some(({ id }) => refused(id, reason) > 0));
  if (shown.length === 0) return null;
  return (
    <section class="card" aria-labelledby="refusals-title">
      <div class="card-head">
        <h2 id="refusals-title">{t('refusals.title')}</h2>
      </div>
      <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="refusals-title">
        <table class="table" data-report="refusals">
          <thead>
            <tr>
              <th scope="col">{t('drops.camera')}</th>
              <th scope="col" class="num">
                {t('refusals.recognised')}
              </th>
              {shown.map((reason) => (
                <th key={reason} scope="col" class="num">
                  {t(`refusal.${reason}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {streams.map(({ id, name }) => {
              const recognised = recognisedFaces[id] ?? 0;
              const found = shown.reduce((sum, reason) => sum + refused(id, reason), recognised);
              return (
                <tr key={id}>
                  <th scope="row">{name}</th>
                  <td class="num">{number(recognised)}</td>
                  {shown.map((reason) => (
                    <td key={reason} class="num">
                      {number(refused(id, reason))}
                      {refused(id, reason) > 0 && (
                        <span class="ci">{percent((100 * refused(id, reason)) / found, 1)}</span>
                      )}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
};
