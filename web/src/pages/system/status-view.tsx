import { DROP_REASONS } from '../../../../src/contracts/frame.js';
import type { ServiceStatus } from '../../../../src/contracts/service/service-status.js';
import type { StreamStatus } from '../../../../src/contracts/stream.js';
import { duration, number, percent } from '../../values/format.js';
import type { LiveFeed } from '../../data/live-feed.js';
import { loadEngine } from '../../data/models.js';
import { loadStatus } from '../../data/status.js';
import { loadStreams } from '../../data/streams.js';
import { isKey, t } from '../../i18n/i18n.js';
import { LoadedView } from '../../ui/loaded-view.js';
import { useData } from '../../hooks/use-data.js';
import { EngineCard } from './engine-card.js';
import { RefusalsCard } from './refusals-card.js';

const REFRESH_MS = 5000;

/** The dictionary's word, or the service's own name for what it does not know. */
const wordOr = (key: string, name: string): string => (isKey(key) ? t(key) : name);

const checkName = (name: string): string =>
  name === 'models' ? t('ready.models') : name === 'store' ? t('ready.store') : name;

const ReadinessCard = ({ ready, checks }: Pick<ServiceStatus, 'ready' | 'checks'>) => (
  <section class="card" aria-labelledby="ready-title">
    <div class="card-head">
      <h2 id="ready-title">{t('ready.title')}</h2>
      <span class={`chip ${ready ? 'good' : 'bad'}`}>{t(ready ? 'ready.ok' : 'ready.bad')}</span>
    </div>
    <dl class="facts">
      {Object.entries(checks).map(([name, check]) => (
        <div key={name} class="fact">
          <dt>{checkName(name)}</dt>
          <dd>
            <span class={`chip ${check.ok ? 'good' : 'bad'}`}>{t(check.ok ? 'ready.ok' : 'ready.bad')}</span>{' '}
            {!check.ok && check.detail}
          </dd>
        </div>
      ))}
    </dl>
  </section>
);

const LoadCard = ({ status }: { readonly status: ServiceStatus }) => {
  const { uptimeMs, cpuSeconds } = status;
  return (
    <section class="card" aria-labelledby="load-title" data-card="load">
      <div class="card-head">
        <h2 id="load-title">{t('load.title')}</h2>
      </div>
      <dl class="facts">
        <dt>{t('load.uptime')}</dt>
        <dd>{duration(uptimeMs)}</dd>
        <dt>{t('load.cpu')}</dt>
        <dd>{uptimeMs > 0 ? t('load.cpu.value', { n: number((cpuSeconds * 1000) / uptimeMs, 2) }) : '—'}</dd>
        <dt>{t('load.memory')}</dt>
        <dd>{t('load.memory.value', { n: number(status.residentBytes / 1e6) })}</dd>
        <dt>{t('load.loop')}</dt>
        <dd>{t('unit.ms', { n: number(status.loopDelayP99Ms, 1) })}</dd>
        <dt>{t('load.subscribers')}</dt>
        <dd>{number(status.subscribers)}</dd>
        <dt>{t('load.lost')}</dt>
        <dd>{number(status.facesLost)}</dd>
      </dl>
    </section>
  );
};

const StageCard = ({ stages }: Pick<ServiceStatus, 'stages'>) => {
  if (stages.length === 0) return null;
  return (
    <section class="card" aria-labelledby="stages-title">
      <div class="card-head">
        <h2 id="stages-title">{t('stages.title')}</h2>
      </div>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{t('stages.stage')}</th>
            <th scope="col" class="num">
              {t('stages.runs')}
            </th>
            <th scope="col" class="num">
              {t('stages.mean')}
            </th>
          </tr>
        </thead>
        <tbody>
          {stages.map(({ stage, runs, meanMs }) => (
            <tr key={stage}>
              <th scope="row">{wordOr(`stage.${stage}`, stage)}</th>
              <td class="num">{number(runs)}</td>
              <td class="num">{meanMs === null ? '—' : t('unit.ms', { n: number(meanMs, 1) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

const StoreCard = ({ rows, rowsLost }: Pick<ServiceStatus, 'rows' | 'rowsLost'>) => (
  <section class="card" aria-labelledby="store-title" data-card="store">
    <div class="card-head">
      <h2 id="store-title">{t('store.title')}</h2>
    </div>
    <dl class="facts">
      {Object.entries(rows).map(([table, count]) => (
        <div key={table} class="fact">
          <dt>{wordOr(`store.${table}`, table)}</dt>
          <dd>{number(count)}</dd>
        </div>
      ))}
      <dt>{t('store.lost')}</dt>
      <dd>{number(rowsLost)}</dd>
    </dl>
  </section>
);

interface DropsProps extends Pick<ServiceStatus, 'rejectedFaces'> {
  readonly streams: readonly StreamStatus[];
}

const DropsCard = ({ streams, rejectedFaces }: DropsProps) => {
  return (
    <section class="card" aria-labelledby="drops-title">
      <div class="card-head">
        <h2 id="drops-title">{t('drops.title')}</h2>
      </div>
      <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="drops-title">
        <table class="table" data-report="drops">
          <thead>
            <tr>
              <th scope="col">{t('drops.camera')}</th>
              <th scope="col" class="num">
                {t('drops.in')}
              </th>
              <th scope="col" class="num">
                {t('drops.analysed')}
              </th>
              {DROP_REASONS.map((reason) => (
                <th key={reason} scope="col" class="num">
                  {t(`drop.${reason}`)}
                </th>
              ))}
              <th scope="col" class="num">
                {t('drops.rejected')}
              </th>
            </tr>
          </thead>
          <tbody>
            {streams.map((stream) => (
              <tr key={stream.id}>
                <th scope="row">{stream.name}</th>
                <td class="num">{number(stream.framesIn)}</td>
                <td class="num">{number(stream.framesAnalysed)}</td>
                {DROP_REASONS.map((reason) => (
                  <td key={reason} class="num">
                    {number(stream.drops[reason])}
                    {stream.framesIn > 0 && stream.drops[reason] > 0 && (
                      <span class="ci">{percent((100 * stream.drops[reason]) / stream.framesIn, 1)}</span>
                    )}
                  </td>
                ))}
                <td class="num">{number(rejectedFaces[stream.id] ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};

/** Readiness, load, stages, drops, store, models: renewed every few seconds. */
export const StatusView = ({ feed }: { readonly feed: LiveFeed }) => {
  const status = useData(loadStatus, [], REFRESH_MS);
  const engine = useData(loadEngine, []);
  const streams = useData(loadStreams, [], REFRESH_MS);
  return (
    <>
      <LoadedView of={status}>
        {(value) => (
          <>
            <div class="grid-auto narrow">
              <ReadinessCard ready={value.ready} checks={value.checks} />
              <LoadCard status={value} />
              <StoreCard rows={value.rows} rowsLost={value.rowsLost} />
              <StageCard stages={value.stages} />
            </div>
            <DropsCard streams={streams.value ?? feed.streams.value} rejectedFaces={value.rejectedFaces} />
            <RefusalsCard
              streams={streams.value ?? feed.streams.value}
              recognisedFaces={value.recognisedFaces}
              refusedFaces={value.refusedFaces}
            />
          </>
        )}
      </LoadedView>
      <LoadedView of={engine}>{(value) => <EngineCard engine={value} />}</LoadedView>
    </>
  );
};
