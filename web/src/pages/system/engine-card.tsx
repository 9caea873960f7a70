import type { EngineInfo } from '../../../../src/contracts/service/models.js';
import { number } from '../../values/format.js';
import { t } from '../../i18n/i18n.js';

/** What recognises, on what, and with which models. */
export const EngineCard = ({ engine }: { readonly engine: EngineInfo }) => (
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
