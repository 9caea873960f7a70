import { useMemo } from 'preact/hooks';
import type { Burst, CurvePoint, SmileResponse } from '../../../../src/contracts/contact.js';
import { number } from '../../values/format.js';
import { t } from '../../i18n/i18n.js';
import { Chart, Legend, type ChartSeries } from '../../charts/chart.js';

export const CURVES = ['green', 'blue', 'red', 'seller'] as const;

/** Colour, dash and width all differ, so that the curves are told apart without colour. */
const curveSeries = (): readonly ChartSeries[] => [
  { label: t('curve.green'), token: 'green', width: 3 },
  { label: t('curve.blue'), token: 'blue', width: 2, dash: [8, 4] },
  { label: t('curve.red'), token: 'red', width: 2, dash: [2, 3] },
  { label: t('curve.seller'), token: 'seller', width: 2, dash: [12, 4, 2, 4] },
];

interface Props {
  readonly curve: readonly CurvePoint[];
  readonly bursts: readonly Burst[];
  readonly smiles: readonly SmileResponse[];
  readonly span: readonly [number, number];
  readonly heightPx?: number;
}

const seconds = (ms: number): string => t('unit.seconds', { n: number(ms / 1000) });

/** The customer's three curves and the seller's smile, with the smiles' onsets and the bursts marked. */
export const ContactCurves = ({ curve, bursts, smiles, span, heightPx = 260 }: Props) => {
  const start = span[0];
  const times = useMemo(() => curve.map((point) => point.ts - start), [curve, start]);
  const values = useMemo(() => CURVES.map((name) => curve.map((point) => point[name])), [curve]);
  const last = curve.at(-1)?.ts ?? start;
  const marks = useMemo(
    () => [
      ...bursts
        .filter((burst) => burst.startTs <= last)
        .map((burst) => ({
          ts: burst.startTs - start,
          toTs: Math.min(burst.endTs, last) - start,
          label: t(`curve.burst.${burst.kind}`),
          token: burst.kind === 'positive' ? 'green' : 'red',
          low: true,
        })),
      ...smiles
        .filter((smile) => smile.startTs <= last)
        .map((smile) => ({ ts: smile.startTs - start, label: t('curve.smile'), token: 'seller' })),
    ],
    [bursts, smiles, last, start],
  );
  const series = curveSeries();
  return (
    <>
      <Chart
        label={t('curve.chart')}
        times={times}
        values={values}
        series={series}
        heightPx={heightPx}
        min={0}
        max={100}
        span={[0, span[1] - start]}
        marks={marks}
        formatTime={seconds}
      />
      <Legend series={series} />
    </>
  );
};
