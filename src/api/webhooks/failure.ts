import { EmoscopeError } from '../../runtime/errors.js';

/** OpenSSL's and Node's codes of a certificate that does not vouch for the host; the rest begin with CERT_ or ERR_TLS_CERT. */
const CERTIFICATE_CODES = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'HOSTNAME_MISMATCH',
]);

const codeOfSystem = (error: unknown): string => {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
};

/**
 * Class of a failed delivery, without addresses: `refused` (we may not call it), `timeout`, `certificate`,
 * `unknown-host`, `unreachable`.
 */
export const failureOf = (error: unknown): string => {
  if (error instanceof EmoscopeError) return 'refused';
  if (error instanceof Error && ['AbortError', 'TimeoutError'].includes(error.name)) return 'timeout';
  const code = codeOfSystem(error);
  if (CERTIFICATE_CODES.has(code) || /^(CERT_|ERR_TLS_CERT)/.test(code)) return 'certificate';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'unknown-host';
  return code === 'ETIMEDOUT' ? 'timeout' : 'unreachable';
};
