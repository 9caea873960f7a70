import type { Contact } from '../../../contracts/contact.js';

/** All of a contact that the Happy-Index rests on. */
export type Judged = Pick<Contact, 'rule' | 'qualified' | 'verdict' | 'answerByChance'>;
