import { comparison } from './comparison/comparison.js';
import { contacts } from './contacts/contacts.js';
import { me1 } from './me1/me1.js';
import { questions } from './questions/questions.js';
import { counts } from './counts/counts.js';
import type { Report } from './report.js';
import { visitors } from './visitors/visitors.js';

/** Every report there is, in the order in which they are listed. */
export const REPORTS: readonly Report[] = [me1, questions, contacts, visitors, comparison, counts];
