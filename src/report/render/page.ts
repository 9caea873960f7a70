import { createHash } from 'node:crypto';
import type { Language } from '../../contracts/language.js';
import { escapeHtml } from './escape.js';

/** Content policy of a self-contained page: nothing is loaded, nothing runs, only its own style block applies. */
const contentPolicy = (style: string): string => {
  const hash = createHash('sha256').update(style).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
};

/** A whole HTML page with its one style block and the policy that admits nothing else. */
export const htmlPage = (lang: Language, title: string, style: string, body: string): string =>
  `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(contentPolicy(style))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
