import type { PointSummary } from '../../../../src/contracts/contact.js';
import { number, range, signed, withPercent } from '../../values/format.js';
import { t } from '../../i18n/i18n.js';

const Big = ({ id, label, value, lines }: { id: string; label: string; value: string; lines: readonly string[] }) => (
  <section class="card kpi" aria-label={label} data-kpi={id}>
    <span class="label">{label}</span>
    <span class="value">{value}</span>
    {lines.filter(Boolean).map((line) => (
      <span key={line} class="small muted">
        {line}
      </span>
    ))}
  </section>
);

const intervalOf = (low: number | null, high: number | null, before = ''): string =>
  low === null || high === null ? '' : before + t('interval.95', { range: range(signed(low, 2), signed(high, 2)) });

const points = (share: number | null): string => signed(share === null ? null : share * 100);
const percent = (share: number | null): string => withPercent(number(share === null ? null : share * 100));

/** How far the answers exceed what the same customers do at other moments. */
const NetResponse = ({ net }: { readonly net: PointSummary['netResponse'] | null }) => (
  <Big
    id="net-response"
    label={t('happy.net')}
    value={net?.value == null ? '—' : withPercent(points(net.value))}
    lines={
      net?.value == null
        ? [t('happy.net.none'), t('happy.net.hint')]
        : [
            net.low === null || net.high === null
              ? ''
              : t('interval.95', { range: withPercent(range(points(net.low), points(net.high))) }),
            t('happy.net.split', { a: percent(net.answered), c: percent(net.byChance) }),
            t('happy.net.hint'),
          ]
    }
  />
);

const seconds = (ms: number | null | undefined): string =>
  ms === null || ms === undefined ? '—' : t('unit.seconds', { n: number(ms / 1000, 1) });

/** What the seconds are, with their interval. */
const latencyLine = (latency: PointSummary['medianLatencyMs'] | undefined): string => {
  const [low, high] = [latency?.low ?? null, latency?.high ?? null];
  if (low === null || high === null) return t('happy.latency');
  const between = t('unit.seconds', { n: range(number(low / 1000, 1), number(high / 1000, 1)) });
  return `${t('happy.latency')} · ${t('interval.95', { range: between })}`;
};

/** Happy-Index, C-Value and the contagion figures of a shift. */
export const PointFigures = ({ figures }: { readonly figures: PointSummary | null }) => (
  <div class="kpis even">
    <Big
      id="happy-index"
      label={t('happy.index')}
      value={signed(figures?.value, 2)}
      lines={[
        figures?.value === null || figures === null
          ? t('value.none')
          : `${withPercent(signed(figures.value * 100))}${intervalOf(figures.low, figures.high, ' · ')}`,
        t('happy.split', {
          h: figures?.happy ?? 0,
          i: figures?.indifferent ?? 0,
          u: figures?.unhappy ?? 0,
        }),
        t('happy.already', { n: figures?.already ?? 0 }),
        figures === null || figures.former === 0 ? '' : t('happy.former', { n: figures.former }),
        t('happy.index.hint'),
      ]}
    />
    <NetResponse net={figures?.netResponse ?? null} />
    <Big
      id="c-value"
      label={t('c.value')}
      value={signed(figures?.cValue.value, 2)}
      lines={[
        intervalOf(figures?.cValue.low ?? null, figures?.cValue.high ?? null),
        t('happy.bursts', { p: figures?.positiveBursts ?? 0, n: figures?.negativeBursts ?? 0 }),
        t('happy.bursts.rate', {
          p: number(figures?.positivePerMinute.value, 1),
          n: number(figures?.negativePerMinute.value, 1),
        }),
        t('c.value.hint'),
      ]}
    />
    <Big
      id="contacts"
      label={t('happy.contacts')}
      value={number(figures?.contacts ?? 0)}
      lines={[t('happy.qualified', { n: number(figures?.qualified ?? 0) })]}
    />
    <Big
      id="response"
      label={t('happy.response')}
      value={seconds(figures?.medianLatencyMs.value)}
      lines={[
        latencyLine(figures?.medianLatencyMs),
        figures === null || figures.qualified === 0
          ? t('happy.contagion.none')
          : t('happy.contagion', { n: figures.correlationSignificant, m: figures.qualified }),
      ]}
    />
  </div>
);
