import type { MetricsEvent } from '../../../../src/contracts/events.js';
import type { WindowName } from '../../../../src/contracts/window.js';
import { number } from '../../values/format.js';
import { changesOf, isUnderLevel } from '../../values/noise.js';
import { pool, type PooledWindow } from '../../values/windows.js';
import { t } from '../../i18n/i18n.js';
import { Icon } from '../../ui/icon.js';
import { alarmLevel } from './alarms.js';

export const LIVE_WINDOWS = ['1m', '15m', 'today'] as const satisfies readonly WindowName[];
export type LiveWindow = (typeof LIVE_WINDOWS)[number];

/** What a window's figures are compared with. */
const BASELINE = { '1m': '15m', '15m': 'today', today: null } as const;

/** Visitors are a count: the longer window is brought to the frames of the shorter one before they are compared. */
const visitorsAlike = (present: PooledWindow | null, base: PooledWindow | null): number | null =>
  present === null || base === null || base.frames === 0 ? null : (base.visitors * present.frames) / base.frames;

interface TrendProps {
  readonly value: number | null;
  readonly base: number | null;
  readonly than: '15m' | 'today';
  readonly decimals: number;
  /** Whether the figure has gone up or down by more than noise. */
  readonly change: -1 | 0 | 1;
}

const Trend = ({ value, base, than, decimals, change }: TrendProps) => {
  if (value === null || base === null) return <span class="trend muted">{t('live.trend.none')}</span>;
  const difference = value - base;
  const seen = Math.abs(difference) >= 0.5 * 10 ** -decimals && Math.sign(difference) === change;
  const direction = !seen ? 'flat' : change > 0 ? 'up' : 'down';
  return (
    <span class={`trend ${direction}`}>
      <Icon name={direction} />
      <strong>{t(`live.trend.${direction}`, { d: number(Math.abs(difference), decimals) })}</strong>
      <span class="than">{t(`live.than.${than}`)}</span>
    </span>
  );
};

interface NumberProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  /** Another reading of the same thing. */
  readonly beside?: string;
  readonly value: number | null;
  readonly base: number | null;
  readonly than: '15m' | 'today' | null;
  readonly decimals: number;
  readonly change: -1 | 0 | 1;
  readonly unit?: string;
  readonly className?: string;
}

const BigNumber = (props: NumberProps) => (
  <section class={`card kpi ${props.className ?? ''}`} aria-label={props.label} data-kpi={props.id}>
    <span class="label">{props.label}</span>
    <span class="value">
      {number(props.value, props.decimals)}
      {props.unit !== undefined && props.value !== null && <small> {props.unit}</small>}
    </span>
    {props.beside !== undefined && <span class="beside">{props.beside}</span>}
    {props.than !== null && (
      <Trend value={props.value} base={props.base} than={props.than} decimals={props.decimals} change={props.change} />
    )}
    {props.hint !== undefined && <span class="hint small muted">{props.hint}</span>}
  </section>
);

interface Props {
  readonly metrics: MetricsEvent | null;
  readonly ids: readonly string[];
  readonly window: LiveWindow;
}

/** Smile-Index, mood, visitors and Utilization, each beside what it was over the longer window. */
export const BigNumbers = ({ metrics, ids, window }: Props) => {
  const present = metrics === null ? null : pool(metrics, ids, window);
  const than = BASELINE[window];
  const base = metrics === null || than === null ? null : pool(metrics, ids, than);
  const changes = changesOf(present, base);
  const smile = present?.smileIndex ?? null;
  const level = alarmLevel.value;
  return (
    <div class="kpis">
      <BigNumber
        id="smile-index"
        className={`hero ${present !== null && level !== null && isUnderLevel(present, level) ? 'low' : ''}`}
        label={t('live.smile')}
        beside={t('smile.persons.value', { v: number(present?.smilingPersons, 2) })}
        hint={t('live.smile.hint', { t: number(metrics?.threshold ?? 20) })}
        value={smile}
        base={base?.smileIndex ?? null}
        than={than}
        decimals={2}
        change={changes.smile}
      />
      <BigNumber
        id="mood"
        label={t('live.mood')}
        hint={t('live.mood.hint')}
        value={present?.mood ?? null}
        base={base?.mood ?? null}
        than={than}
        decimals={0}
        change={changes.mood}
      />
      <BigNumber
        id="visitors"
        label={t('live.visitors')}
        hint={t('live.visitors.hint', { w: t(`window.${window}`) })}
        value={present?.visitors ?? null}
        base={visitorsAlike(present, base)}
        than={than === '15m' ? than : null}
        decimals={0}
        change={changes.visitors}
      />
      <BigNumber
        id="utilization"
        label={t('live.utilization')}
        hint={t('live.utilization.hint')}
        value={present?.utilizationPercent ?? null}
        base={base?.utilizationPercent ?? null}
        than={than}
        decimals={0}
        change={changes.utilization}
        unit="%"
      />
    </div>
  );
};
