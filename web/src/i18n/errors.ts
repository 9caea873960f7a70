import type { Entries } from './entry.js';

/** What goes wrong before the service can say so itself; its own reasons come from it, in the reader's language. */
export const errors = {
  'error.UNREACHABLE': ['Сервер не отвечает.', 'The server does not answer.'],
  'error.UNKNOWN': [
    'Ответ не от сервиса (состояние {status}): возможно, между ним и браузером что-то стоит.',
    'The answer is not from the service (status {status}): something may stand between it and the browser.',
  ],
} as const satisfies Entries;
