import { t } from '../../i18n/i18n.js';
import { Field } from '../../ui/field.js';

interface Props {
  readonly url: string;
  readonly value: string;
  readonly onInput: (certificate: string) => void;
}

/** How the certificate of a camera is checked; asked only where the address has one, or where it has been told otherwise. */
export const CertificateField = ({ url, value, onInput }: Props) => {
  if (!/^(https|rtsps):/i.test(url) && value === 'verify') return null;
  return (
    <Field label={t('camera.certificate')} hint={t('camera.certificate.hint')}>
      <input
        class="input mono"
        name="certificate"
        autocomplete="off"
        spellcheck={false}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </Field>
  );
};
