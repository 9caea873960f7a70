import { useState } from 'preact/hooks';
import type { QuestionAnswer, QuestionFigure } from '../../../../src/contracts/figures/questions-schema.js';
import { siteInfo } from '../../data/site.js';
import { loadReport } from '../../data/reports.js';
import { language, t } from '../../i18n/i18n.js';
import { intervalInUnit, inUnit } from '../../ui/figure-text.js';
import { Notes } from '../../ui/notes.js';
import { LoadedView } from '../../ui/loaded-view.js';
import { initialPeriod, PeriodSelect } from '../../ui/period-select.js';
import { useData } from '../../hooks/use-data.js';
import { Downloads } from './downloads.js';

const TONE = { yes: 'good', no: 'bad', unproven: '', 'too-few': '' } as const;

const intervalText = ({ figure, unit }: QuestionFigure): string => {
  const span = intervalInUnit(figure, unit);
  return span === '' ? '' : t('interval.95', { range: span });
};

const basisText = ({ basis }: QuestionFigure): string =>
  basis === null
    ? t('questions.basis.hidden', { k: siteInfo.value?.privacy.kAnonymity ?? 5 })
    : t('questions.basis', { n: basis });

const FigureList = ({ figures }: { readonly figures: readonly QuestionFigure[] }) => (
  <ul class="answer-figures">
    {figures.map((figure) => (
      <li key={figure.key}>
        <span class="small muted">{figure.label[language.value]}</span>
        <strong>{inUnit(figure.figure.value, figure.unit)}</strong>
        <span class="small muted">{intervalText(figure)}</span>
        <span class="small muted">{basisText(figure)}</span>
      </li>
    ))}
  </ul>
);

const AnswerTable = ({ table }: { readonly table: NonNullable<QuestionAnswer['table']> }) => {
  const heads = table.rows[0]?.figures ?? [];
  return (
    <details>
      <summary>{table.title[language.value]}</summary>
      <div class="table-scroll" tabIndex={0} role="region" aria-label={table.title[language.value]}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t('questions.table.row')}</th>
              {heads.map((head) => (
                <th key={head.key} scope="col" class="num">
                  {head.label[language.value]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">{row.label[language.value]}</th>
                {row.figures.map((figure) => (
                  <td key={figure.key} class="num">
                    {inUnit(figure.figure.value, figure.unit)}
                    <span class="ci">{intervalInUnit(figure.figure, figure.unit)}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
};

const Answer = ({ answer, index }: { readonly answer: QuestionAnswer; readonly index: number }) => (
  <section class="card answer" aria-labelledby={`question-${answer.id}`} data-question={answer.id}>
    <div class="card-head">
      <h2 id={`question-${answer.id}`}>
        {index + 1}. {answer.question[language.value]}
      </h2>
      <div class="space" />
      {answer.verdict !== null && (
        <span class={`chip ${TONE[answer.verdict]}`}>{t(`questions.verdict.${answer.verdict}`)}</span>
      )}
    </div>
    <p class="answer-text">{answer.answer[language.value]}</p>
    <FigureList figures={answer.figures} />
    {answer.table !== null && answer.table.rows.length > 0 && <AnswerTable table={answer.table} />}
  </section>
);

/** The five questions, each with a one-sentence answer, its figures and their intervals. */
export const QuestionsView = () => {
  const [period, setPeriod] = useState(() => initialPeriod('today'));
  const report = useData((signal) => loadReport('questions', { ...period }, signal), [period.from, period.to]);
  return (
    <>
      <div class="card params">
        <PeriodSelect initial="today" onChange={setPeriod} />
        <Downloads report="questions" query={{ ...period }} />
      </div>
      <LoadedView of={report}>
        {(value) => (
          <div class="stack">
            {value.answers.map((answer, index) => (
              <Answer key={answer.id} answer={answer} index={index} />
            ))}
            <Notes notes={value.notes} />
          </div>
        )}
      </LoadedView>
    </>
  );
};
