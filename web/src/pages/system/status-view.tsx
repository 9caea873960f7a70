import type { EngineInfo } from '../../../../src/contracts/models.js';
import type { StreamStatus } from '../../../../src/contracts/stream.js';
import { call } from '../../data/api.js';
import { duration, number, percent } from '../../data/format.js';
import type { LiveFeed } from '../../data/live-feed.js';
import { byLabel, parseMetrics, valueOf, type MetricSample } from '../../data/prometheus.js';
import { isKey, t } from '../../i18n/i18n.js';
import { LoadedView } from '../../parts/loaded-view.js';
import { useData } from '../../parts/use-data.js';

const REFRESH_MS = 5000;

interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly detail: string }>>;
}

interface Load {
  readonly readiness: Readiness;
  readonly metrics: readonly MetricSample[];
  readonly readTs: number;
}

/** `/readyz` answers 503 with the same shape while something is missing. */
const loadNow = async (signal: AbortSignal): Promise<Load> => {
  const [ready, metrics] = await Promise.all([fetch('/readyz', { signal }), fetch('/metrics', { signal })]);
  return {
    readiness: (await ready.json()) as Readiness,
    metrics: metrics.ok ? parseMetrics(await metrics.text()) : [],
    readTs: Date.now(),
  };
};

/** The dictionary's word, or the service's own name for what it does not know. */
const wordOr = (key: string, name: string): string => (isKey(key) ? t(key) : name);

const checkName = (name: string): string =>
  name === 'models' ? t('ready.models') : name === 'store' ? t('ready.store') : name;

const ReadinessCard = ({ readiness }: { readonly readiness: Readiness }) => (
  <section class="card" aria-labelledby="ready-title">
    <div class="card-head">
      <h2 id="ready-title">{t('ready.title')}</h2>
      <span class={`chip ${readiness.ready ? 'good' : 'bad'}`}>{t(readiness.ready ? 'ready.ok' : 'ready.bad')}</span>
    </div>
    <dl class="facts">
      {Object.entries(readiness.checks).map(([name, check]) => (
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

const LoadCard = ({ load }: { readonly load: Load }) => {
  const { metrics } = load;
  const started = valueOf(metrics, 'process_start_time_seconds');
  const upMs = started === null ? null : load.readTs - started * 1000;
  const cpuSeconds = valueOf(metrics, 'process_cpu_seconds_total');
  const memory = valueOf(metrics, 'process_resident_memory_bytes');
  const loop = valueOf(metrics, 'nodejs_eventloop_lag_p99_seconds');
  return (
    <section class="card" aria-labelledby="load-title" data-card="load">
      <div class="card-head">
        <h2 id="load-title">{t('load.title')}</h2>
      </div>
      <dl class="facts">
        <dt>{t('load.uptime')}</dt>
        <dd>{upMs === null ? '—' : duration(upMs)}</dd>
        <dt>{t('load.cpu')}</dt>
        <dd>
          {cpuSeconds === null || upMs === null || upMs <= 0
            ? '—'
            : t('load.cpu.value', { n: number((cpuSeconds * 1000) / upMs, 2) })}
        </dd>
        <dt>{t('load.memory')}</dt>
        <dd>{memory === null ? '—' : t('load.memory.value', { n: number(memory / 1e6) })}</dd>
        <dt>{t('load.loop')}</dt>
        <dd>{loop === null ? '—' : t('unit.ms', { n: number(loop * 1000, 1) })}</dd>
        <dt>{t('load.subscribers')}</dt>
        <dd>{number(valueOf(metrics, 'emoscope_socket_subscribers'))}</dd>
        <dt>{t('load.lost')}</dt>
        <dd>{number(valueOf(metrics, 'emoscope_socket_faces_lost_total'))}</dd>
      </dl>
    </section>
  );
};

const StageCard = ({ metrics }: { readonly metrics: readonly MetricSample[] }) => {
  const sums = byLabel(metrics, 'emoscope_stage_duration_seconds_sum', 'stage');
  const counts = byLabel(metrics, 'emoscope_stage_duration_seconds_count', 'stage');
  if (counts.size === 0) return null;
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
          {[...counts].map(([stage, count]) => (
            <tr key={stage}>
              <th scope="row">{wordOr(`stage.${stage}`, stage)}</th>
              <td class="num">{number(count)}</td>
              <td class="num">
                {count === 0 ? '—' : t('unit.ms', { n: number((1000 * (sums.get(stage) ?? 0)) / count, 1) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

const StoreCard = ({ metrics }: { readonly metrics: readonly MetricSample[] }) => (
  <section class="card" aria-labelledby="store-title" data-card="store">
    <div class="card-head">
      <h2 id="store-title">{t('store.title')}</h2>
    </div>
    <dl class="facts">
      {[...byLabel(metrics, 'emoscope_store_rows', 'table')].map(([table, rows]) => (
        <div key={table} class="fact">
          <dt>{wordOr(`store.${table}`, table)}</dt>
          <dd>{number(rows)}</dd>
        </div>
      ))}
      <dt>{t('store.lost')}</dt>
      <dd>{number(valueOf(metrics, 'emoscope_store_rows_lost_total'))}</dd>
    </dl>
  </section>
);

const DROPS = ['superseded', 'overload', 'stopping', 'engine-error'] as const;

const DropsCard = ({ streams, metrics }: { streams: readonly StreamStatus[]; metrics: readonly MetricSample[] }) => {
  const rejected = byLabel(metrics, 'emoscope_faces_rejected_total', 'stream');
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
              {DROPS.map((reason) => (
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
                {DROPS.map((reason) => (
                  <td key={reason} class="num">
                    {number(stream.drops[reason])}
                    {stream.framesIn > 0 && stream.drops[reason] > 0 && (
                      <span class="ci">{percent((100 * stream.drops[reason]) / stream.framesIn, 1)}</span>
                    )}
                  </td>
                ))}
                <td class="num">{number(rejected.get(stream.id) ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};

const EngineCard = ({ engine }: { readonly engine: EngineInfo }) => (
  <section class="card" aria-labelledby="engine-title" data-card="engine">
    <div class="card-head">
      <h2 id="engine-title">{t('engine.title')}</h2>
    </div>
    <dl class="facts">
      <dt>{t('engine.engine')}</dt>
      <dd>{engine.engine}</dd>
      <dt>{t('engine.device')}</dt>
      <dd>{t('engine.device.asked', { d: engine.device, r: engine.requestedDevice })}</dd>
      <dt>{t('engine.threads')}</dt>
      <dd>{number(engine.threads)}</dd>
      {engine.fallbackReason !== null && (
        <>
          <dt>{t('engine.fallback')}</dt>
          <dd>{engine.fallbackReason}</dd>
        </>
      )}
    </dl>
    <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="engine-title">
      <table class="table">
        <thead>
          <tr>
            {(['name', 'task', 'source', 'licence', 'input'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`model.${column}`)}
              </th>
            ))}
            <th scope="col">SHA-256</th>
          </tr>
        </thead>
        <tbody>
          {engine.models.map((model) => (
            <tr key={model.name}>
              <th scope="row">{model.name}</th>
              <td>{t(`task.${model.task}`)}</td>
              <td class="nowrap">
                {model.sourcePackage} {model.sourceVersion}
              </td>
              <td>{model.licence}</td>
              <td class="nowrap">{model.inputShape.map((size) => (size === -1 ? 'N' : String(size))).join('×')}</td>
              <td class="mono" title={model.sha256}>
                {model.sha256.slice(0, 12)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </section>
);

/** Readiness, load, stages, drops, store, models: renewed every few seconds. */
export const StatusView = ({ feed }: { readonly feed: LiveFeed }) => {
  const load = useData(loadNow, [], REFRESH_MS);
  const engine = useData((signal) => call<EngineInfo>('/models', { signal }), []);
  const streams = useData(
    async (signal) => (await call<{ items: readonly StreamStatus[] }>('/streams', { signal })).items,
    [],
    REFRESH_MS,
  );
  return (
    <>
      <LoadedView of={load}>
        {(value) => (
          <>
            <div class="grid-auto narrow">
              <ReadinessCard readiness={value.readiness} />
              <LoadCard load={value} />
              <StoreCard metrics={value.metrics} />
              <StageCard metrics={value.metrics} />
            </div>
            <DropsCard streams={streams.value ?? feed.streams.value} metrics={value.metrics} />
          </>
        )}
      </LoadedView>
      <LoadedView of={engine}>{(value) => <EngineCard engine={value} />}</LoadedView>
    </>
  );
};
