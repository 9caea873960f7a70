import type { AuditRecord } from '../../../../src/contracts/service/audit-record.js';
import { loadAudit } from '../../data/audit.js';
import { clockTime, dayMonth } from '../../values/format.js';
import { t } from '../../i18n/i18n.js';
import { actionText, actorText } from '../../ui/audit-words.js';
import { LoadedView, MoreButton } from '../../ui/loaded-view.js';
import { usePages } from '../../hooks/use-pages.js';

const TONE = { allowed: '', refused: 'bad', failed: 'warn' } as const;

/** How far an act came; of one that was answered, how it ended. */
const outcomeText = ({ phase, outcome }: AuditRecord): string =>
  phase === 'finished' ? t(`audit.outcome.${outcome}`) : t(`audit.phase.${phase}`);

const toneOf = ({ phase, outcome }: AuditRecord): string => (phase === 'aborted' ? 'warn' : TONE[outcome]);

const Line = ({ record }: { readonly record: AuditRecord }) => (
  <tr>
    <td class="nowrap">
      {dayMonth(record.ts)} {clockTime(record.ts)}
    </td>
    <td>{t(`audit.kind.${record.kind}`)}</td>
    <td>{actorText(record.actor)}</td>
    <td>
      {actionText(record.action)}
      <span class="ci mono">{record.action}</span>
    </td>
    <td class="mono">{record.target ?? '—'}</td>
    <td>
      <span class={`chip ${toneOf(record)}`}>{outcomeText(record)}</span>
    </td>
    <td class="mono">{record.address ?? '—'}</td>
  </tr>
);

/** Who did what and who looked at whom, newest first. */
export const AuditView = () => {
  const { first, items, loadMore, more } = usePages(loadAudit, []);
  return (
    <section class="card" aria-labelledby="audit-title">
      <div class="card-head">
        <h2 id="audit-title">{t('audit.title')}</h2>
        <span class="small muted">{t('audit.hint')}</span>
        <div class="space" />
        <button type="button" class="button" onClick={first.reload}>
          {t('action.refresh')}
        </button>
      </div>
      <LoadedView of={first}>
        {() => (
          <>
            <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="audit-title">
              <table class="table" data-report="audit">
                <thead>
                  <tr>
                    {(['time', 'kind', 'actor', 'action', 'target', 'outcome', 'address'] as const).map((column) => (
                      <th key={column} scope="col">
                        {t(`audit.${column}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {items.map((record) => (
                    <Line key={record.seq} record={record} />
                  ))}
                </tbody>
              </table>
            </div>
            {items.length === 0 && <p class="empty">{t('table.empty')}</p>}
            <MoreButton loadMore={loadMore} more={more} />
          </>
        )}
      </LoadedView>
    </section>
  );
};
