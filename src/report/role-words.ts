import type { Role } from '../contracts/role.js';
import type { Bilingual } from '../contracts/bilingual.js';

/** Roles as printed beside a stream's name. */
export const ROLE_WORDS: Readonly<Record<Role, Bilingual>> = {
  customer: { ru: 'покупатели', en: 'customers' },
  seller: { ru: 'продавцы', en: 'sellers' },
  entrance: { ru: 'вход', en: 'entrance' },
  exit: { ru: 'выход', en: 'exit' },
  display: { ru: 'витрина', en: 'display' },
};
