import { readFileSync } from 'node:fs';
import { CameraFault } from '../camera-fault.js';

/** How a camera's certificate is judged: by authorities (their PEM, or null for those known here), by its fingerprint, or not. */
export type Trust =
  | { readonly by: 'authority'; readonly ca: string | null }
  | { readonly by: 'fingerprint'; readonly sha256: string }
  | { readonly by: 'nothing' };

/** A fingerprint as it is written everywhere: `sha256:` and 64 digits in lower case. */
export const fingerprintText = (digits: string): string => `sha256:${digits.replaceAll(':', '').toLowerCase()}`;

/** Understands a stream's key `certificate`; throws CameraFault `untrusted` where the authority's file cannot be read. */
export const readTrust = (certificate: string): Trust => {
  if (certificate === 'off') return { by: 'nothing' };
  if (certificate.startsWith('ca:')) {
    try {
      return { by: 'authority', ca: readFileSync(certificate.slice('ca:'.length), 'utf8') };
    } catch (cause) {
      throw new CameraFault('untrusted', 'The file of the certificate authority cannot be read.', { cause });
    }
  }
  if (/^sha256:/i.test(certificate)) return { by: 'fingerprint', sha256: fingerprintText(certificate.slice(7)) };
  return { by: 'authority', ca: null };
};
