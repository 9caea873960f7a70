import type { CheckState, SpotCheck } from '../../../../src/contracts/service/spot-check.js';
import { removeSpotCheck } from '../../data/spot-checks.js';
import { useAction } from '../../hooks/use-action.js';
import { t } from '../../i18n/i18n.js';
import { DeleteButton } from '../../ui/form.js';
import { Refusal } from '../../ui/loaded-view.js';
import { clockTime, dayMonth } from '../../values/format.js';

const TONES: Readonly<Record<CheckState, string>> = {
  pooled: 'good',
  waiting: '',
  overlapping: 'warn',
  'set-aside': 'warn',
};

const FIGURES = ['visitors', 'smiled', 'men', 'women'] as const;

interface Props {
  readonly checks: readonly SpotCheck[];
  readonly onRemoved: () => void;
}

/** What people counted before a camera, newest first. */
export const CheckList = ({ checks, onRemoved }: Props) => {
  const removal = useAction();
  if (checks.length === 0) return <p class="empty">{t('check.list.empty')}</p>;
  return (
    <>
      <Refusal of={removal} />
      <div class="table-scroll" tabIndex={0} role="region" aria-label={t('check.list')}>
        <table class="table" data-report="spot-checks">
          <thead>
            <tr>
              <th scope="col">{t('check.list.time')}</th>
              {FIGURES.map((name) => (
                <th key={name} scope="col" class="num">
                  {t(`check.list.${name}`)}
                </th>
              ))}
              <th scope="col">{t('check.list.state')}</th>
              <th scope="col">
                <span class="visually-hidden">{t('action.delete')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {checks.toReversed().map((check) => {
              const when = `${dayMonth(check.fromTs)} ${clockTime(check.fromTs)}`;
              return (
                <tr key={check.id} data-spot-check={check.state}>
                  <th scope="row" class="nowrap">
                    {when}
                  </th>
                  {FIGURES.map((name) => (
                    <td key={name} class="num">
                      {check[name]}
                    </td>
                  ))}
                  <td>
                    <span class={`chip ${TONES[check.state]}`}>{t(`check.state.${check.state}`)}</span>
                  </td>
                  <td>
                    <DeleteButton
                      name={when}
                      sure={t(check.state === 'pooled' ? 'check.remove.pooled' : 'check.remove.sure')}
                      onDelete={() => removal.run(() => removeSpotCheck(check.id), onRemoved)}
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
};
