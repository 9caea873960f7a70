import type { OfflineReason } from '../../../../src/contracts/stream.js';
import { codecName, number } from '../../values/format.js';
import { language, t, type Key } from '../../i18n/i18n.js';
import { errorText } from '../../ui/error-text.js';
import type { ProbeState } from '../../hooks/use-probe.js';
import { CertificateFacts } from './certificate-facts.js';
import { DoorFacts } from './door-facts.js';

const reasonKey = (reason: string | null): Key | null =>
  reason === null ? null : (`reason.${reason as OfflineReason}` satisfies Key);

interface Props {
  readonly probe: ProbeState;
  readonly onTrust: (fingerprint: string) => void;
}

/** What a test of the source found, in words. */
export const ProbePanel = ({ probe, onTrust }: Props) => {
  if (probe.kind === 'none') return null;
  if (probe.kind === 'busy')
    return (
      <div class="notice" role="status">
        {t('camera.probing')}
      </div>
    );
  if (probe.kind === 'failed')
    return (
      <div class="notice bad" role="alert" data-probe="failed">
        <strong>{t('camera.probe.failed')}</strong>
        <span>{errorText(probe.error)}</span>
      </div>
    );
  const { answer } = probe;
  const reason = reasonKey(answer.reason);
  const isUntrusted = answer.certificate?.trusted === false;
  if (!answer.ok)
    return (
      <div class="notice bad" role="alert" data-probe="failed">
        <strong>{t('camera.probe.failed')}</strong>
        {reason !== null && !isUntrusted && <span>{t(reason)}</span>}
        {answer.certificate !== null ? (
          <CertificateFacts certificate={answer.certificate} onTrust={onTrust} />
        ) : (
          answer.detail !== null && language.value === 'en' && <span class="muted small">{answer.detail}</span>
        )}
        {answer.door !== null && <DoorFacts door={answer.door} />}
      </div>
    );
  const fps = answer.sourceFps === null ? t('camera.probe.norate') : t('unit.fps', { n: number(answer.sourceFps, 1) });
  return (
    <div class="notice good" role="status" data-probe="ok">
      <strong>{t('camera.probe.ok')}</strong>
      <span>
        {t('camera.probe.facts', {
          codec: codecName(answer.codec),
          w: answer.width ?? 0,
          h: answer.height ?? 0,
          fps,
        })}
      </span>
      {reason !== null && <span>{t(reason)}</span>}
      {answer.certificate !== null && <CertificateFacts certificate={answer.certificate} />}
      {answer.door !== null && <DoorFacts door={answer.door} />}
    </div>
  );
};
