export { SIGNATURE_HEADER, verifySignature } from '../api/webhooks/signature.js';
