import { useState } from 'preact/hooks';
import type { CrossTab, CrossTabCell } from '../../../../src/contracts/figures/visitors-schema.js';
import { EMOTIONS } from '../../values/emotions.js';
import { number } from '../../values/format.js';
import { t } from '../../i18n/i18n.js';

const GENDERS = ['all', 'female', 'male', 'undetermined'] as const satisfies readonly CrossTabCell['gender'][];
const AGES = [
  '-20',
  '20-30',
  '30-40',
  '40-50',
  '50+',
  'undetermined',
] as const satisfies readonly CrossTabCell['age'][];
const COLUMNS = [...EMOTIONS, 'all'] as const satisfies readonly CrossTabCell['emotion'][];

const emotionText = (emotion: CrossTabCell['emotion']): string =>
  emotion === 'all' ? t('crosstab.emotion.all') : t(`emotion.${emotion}`);

/** Nothing but the overall count is shown. */
const isWithheld = (crossTab: CrossTab): boolean =>
  crossTab.cells.length > 1 &&
  crossTab.cells.every(
    ({ gender, age, emotion, hidden }) => hidden !== null || (gender === 'all' && age === 'all' && emotion === 'all'),
  );

/** One gender's ages against the dominant visible expressions. */
export const CrossTabTable = ({ crossTab }: { readonly crossTab: CrossTab }) => {
  const [gender, setGender] = useState<CrossTabCell['gender']>('all');
  const cells = new Map(crossTab.cells.map((cell) => [`${cell.gender} ${cell.age} ${cell.emotion}`, cell] as const));
  const text = (age: CrossTabCell['age'], emotion: CrossTabCell['emotion']): string => {
    const cell = cells.get(`${gender} ${age} ${emotion}`);
    if (cell === undefined) return number(0);
    if (cell.hidden !== null) return cell.hidden === 'small' ? `<${String(crossTab.kAnonymity)}` : '•';
    return number(cell.visitors ?? 0);
  };
  const cellsOf = (age: CrossTabCell['age']) =>
    COLUMNS.map((emotion) => (
      <td key={emotion} class="num">
        {text(age, emotion)}
      </td>
    ));
  if (isWithheld(crossTab))
    return (
      <section class="card" aria-labelledby="crosstab-title" data-withheld>
        <h2 id="crosstab-title">{t('crosstab.title')}</h2>
        <div class="empty">
          <strong>{t('crosstab.withheld')}</strong>
          <span>{t('crosstab.withheld.detail', { k: crossTab.kAnonymity })}</span>
        </div>
      </section>
    );
  return (
    <section class="card" aria-labelledby="crosstab-title">
      <div class="card-head">
        <h2 id="crosstab-title">{t('crosstab.title')}</h2>
        <div class="space" />
        <div class="tabs small" role="group" aria-label={t('crosstab.gender')}>
          {GENDERS.map((name) => (
            <button key={name} type="button" aria-pressed={gender === name} onClick={() => setGender(name)}>
              {t(`crosstab.gender.${name}`)}
            </button>
          ))}
        </div>
      </div>
      <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="crosstab-title">
        <table class="table" data-report="cross-tab">
          <thead>
            <tr>
              <th scope="col">{t('crosstab.age')}</th>
              {COLUMNS.map((emotion) => (
                <th key={emotion} scope="col" class="num">
                  {emotionText(emotion)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {AGES.map((age) => (
              <tr key={age}>
                <th scope="row">{t(`crosstab.age.${age}`)}</th>
                {cellsOf(age)}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('crosstab.age.all')}</th>
              {cellsOf('all')}
            </tr>
          </tfoot>
        </table>
      </div>
      <p class="small muted">{t('crosstab.legend', { k: crossTab.kAnonymity, a: crossTab.minorsAge })}</p>
    </section>
  );
};
