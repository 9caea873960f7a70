import { t } from '../../i18n/i18n.js';

interface Props {
  readonly url: string;
  readonly value: string;
  readonly onInput: (certificate: string) => void;
}

/** How the certificate of a camera is checked; asked only where the address has one, or where it has been told otherwise. */
export const CertificateField = ({ url, value, onInput }: Props) => {
  if (!/^(https|rtsps):/i.test(url) && value === 'verify') return null;
  return (
    <label class="field">
      <span>{t('camera.certificate')}</span>
      <input
        class="input mono"
        name="certificate"
        autocomplete="off"
        spellcheck={false}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <span>{t('camera.certificate.hint')}</span>
    </label>
  );
};
