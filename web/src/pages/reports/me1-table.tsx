import { Fragment } from 'preact';
import type { Me1Report, Me1Row } from '../../../../src/contracts/figures/me1-schema.js';
import { number, periodText } from '../../values/format.js';
import { siteInfo } from '../../data/site.js';
import { t } from '../../i18n/i18n.js';
import { FigureText } from '../../ui/figure-text.js';
import { RowHead } from '../../ui/row-head.js';

const AGES = ['-20', '20-30', '30-40', '40-50', '50+'] as const satisfies readonly (keyof Me1Row['agePercent'])[];
const PRINTED = ['happiness', 'surprise', 'anger', 'disgust', 'fear', 'sadness'] as const;
const HEADS = {
  happiness: 'Happiness',
  surprise: 'Surprise',
  anger: 'Anger',
  disgust: 'Disgust',
  fear: 'Fear',
  sadness: 'Sadness',
};

const Cells = ({ row, interval }: { readonly row: Me1Row; readonly interval: boolean }) => (
  <>
    <td class="num">
      <FigureText figure={row.smileIndex} decimals={2} interval={interval} />
    </td>
    <td class="num">
      <FigureText figure={row.smilingPersons} decimals={2} interval={interval} />
    </td>
    <td class="num">
      <FigureText figure={row.malePercent} decimals={2} interval={interval} />
    </td>
    <td class="num">
      <FigureText figure={row.femalePercent} decimals={2} interval={interval} />
    </td>
    {AGES.map((age) => (
      <td key={age} class="num">
        <FigureText figure={row.agePercent[age]} decimals={2} interval={interval} />
      </td>
    ))}
    {PRINTED.map((emotion) => (
      <td key={emotion} class="num">
        <FigureText figure={row.emotions[emotion]} decimals={0} interval={interval} />
      </td>
    ))}
    <td class="num">
      <FigureText figure={row.mood} decimals={0} interval={interval} />
    </td>
    <td class="num">{number(row.samples)}</td>
    <td class="num">{number(row.utilizationPercent, 2)}</td>
  </>
);

/** The table of the original: one line per camera and role, «Итого» pooled per audience. */
export const Me1Table = ({ report, interval }: { readonly report: Me1Report; readonly interval: boolean }) => {
  const { params, timeZone } = report;
  const heads = [
    `${t('me1.chart.smile')} [${number(params.threshold)}]`,
    t('smile.persons.short'),
    t('me1.male'),
    t('me1.female'),
    ...AGES,
    ...PRINTED.map((emotion) => HEADS[emotion]),
    t('me1.mood'),
    t('me1.samples'),
    t('me1.utilization'),
  ];
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={t('me1.title')}>
      <table class="table me1" data-report="me1">
        <caption>
          {t('me1.caption', {
            t: number(params.threshold),
            period: periodText(params.fromTs, params.toTs, timeZone),
          })}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('me1.stream')}</th>
            {heads.map((head) => (
              <th key={head} scope="col" class="num">
                {head.split(' ').map((word) => (
                  <Fragment key={word}>
                    <span class="nowrap">{word}</span>{' '}
                  </Fragment>
                ))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.rows.map((row) => (
            <tr key={`${row.streamId ?? ''} ${row.role ?? ''}`}>
              <RowHead row={row} />
              <Cells row={row} interval={interval} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          {report.totals.map((total) => (
            <tr key={total.audience} data-audience={total.audience}>
              <th scope="row">{t(report.totals.length > 1 ? `me1.total.${total.audience}` : 'me1.total')}</th>
              <Cells row={total} interval={interval} />
            </tr>
          ))}
        </tfoot>
      </table>
      <p class="small muted">{t('me1.hidden', { k: siteInfo.value?.privacy.kAnonymity ?? 5 })}</p>
    </div>
  );
};
