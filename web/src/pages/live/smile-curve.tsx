import { useMemo, useState } from 'preact/hooks';
import { number } from '../../values/format.js';
import type { LiveFeed } from '../../data/live-feed.js';
import { smileIndexAt } from '../../values/windows.js';
import { t } from '../../i18n/i18n.js';
import { Chart, Legend, type ChartSeries } from '../../charts/chart.js';
import { alarmLevel, setAlarmLevel } from './alarms.js';

const SPANS = { '1m': 60_000, '15m': 900_000 } as const;
const LEVELS = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5];

const AlarmLevel = () => {
  const level = alarmLevel.value;
  const levels = level === null || LEVELS.includes(level) ? LEVELS : [...LEVELS, level].sort((a, b) => a - b);
  return (
    <label class="row small">
      <span class="muted">{t('alarm.level')}</span>
      <select
        class="input narrow"
        value={level === null ? '' : String(level)}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setAlarmLevel(value === '' ? null : Number(value));
        }}
      >
        <option value="">{t('alarm.level.off')}</option>
        {levels.map((value) => (
          <option key={value} value={String(value)}>
            {number(value, 2)}
          </option>
        ))}
      </select>
    </label>
  );
};

/** The live Smile-Index as it moves; the alarm level beside it. */
export const SmileCurve = ({ feed, ids }: { readonly feed: LiveFeed; readonly ids: readonly string[] }) => {
  const [span, setSpan] = useState<keyof typeof SPANS>('1m');
  const history = feed.history.value;
  const level = alarmLevel.value;
  const key = ids.join();
  const [times, curve, levels] = useMemo(() => {
    const from = (history.at(-1)?.ts ?? 0) - SPANS[span];
    const shown = history.filter(({ ts }) => ts >= from);
    return [shown.map(({ ts }) => ts), shown.map((moment) => smileIndexAt(moment, ids)), shown.map(() => level)];
  }, [history, span, key, level]);
  const end = history.at(-1)?.ts ?? Date.now();
  const series: ChartSeries[] = [
    { label: t('live.curve.series'), token: 'green', width: 2.5, fill: true },
    ...(level === null ? [] : [{ label: t('live.curve.threshold'), token: 'bad', dash: [6, 4], width: 1.5 }]),
  ];
  return (
    <section class="card" aria-labelledby="curve-title">
      <div class="card-head">
        <h2 id="curve-title">{t(span === '1m' ? 'live.curve' : 'live.curve.15m')}</h2>
        <div class="space" />
        <AlarmLevel />
        <div class="tabs small" role="group" aria-label={t('live.curve.span')}>
          {(['1m', '15m'] as const).map((name) => (
            <button key={name} type="button" aria-pressed={span === name} onClick={() => setSpan(name)}>
              {t(`window.${name}`)}
            </button>
          ))}
        </div>
      </div>
      <Chart
        label={t('live.curve')}
        times={times}
        values={level === null ? [curve] : [curve, levels]}
        series={series}
        heightPx={190}
        min={0}
        decimals={2}
        span={[end - SPANS[span], end]}
      />
      <Legend series={series} />
    </section>
  );
};
