import type { CameraCertificate } from '../../../../src/contracts/service/probe-answer.js';
import { dateTime } from '../../values/format.js';
import { t } from '../../i18n/i18n.js';

interface Props {
  readonly certificate: CameraCertificate;
  /** Trusts this certificate alone from now on; absent where that is no question. */
  readonly onTrust?: (fingerprint: string) => void;
}

const when = (ts: number | null): string => (ts === null ? '?' : dateTime(ts));

/** Whose certificate a camera showed, and whether it is trusted. */
export const CertificateFacts = ({ certificate, onTrust }: Props) => {
  const { subject, issuer, validFromTs, validToTs, fingerprint, problem, trusted } = certificate;
  return (
    <div class="stack small" data-certificate={trusted ? 'trusted' : 'untrusted'}>
      <strong>{t(trusted ? 'camera.certificate.trusted' : 'camera.certificate.untrusted')}</strong>
      {problem !== null && <span>{t(`camera.certificate.${problem}`)}</span>}
      <span>{t('camera.certificate.facts', { subject, issuer, from: when(validFromTs), to: when(validToTs) })}</span>
      <code class="mono" style="overflow-wrap: anywhere">
        {fingerprint}
      </code>
      {!trusted && onTrust !== undefined && (
        <>
          <span>{t('camera.certificate.compare')}</span>
          <button type="button" class="button" onClick={() => onTrust(fingerprint)}>
            {t('camera.certificate.pin')}
          </button>
        </>
      )}
    </div>
  );
};
