import { contactsReport as response } from '../../contracts/figures/contacts-schema.js';
import { happyIndex } from '../../contracts/query.js';
import { REPORT_FILES } from '../../contracts/documents/report-format.js';
import { HAPPY_INDEX_FLAG } from '../flags.js';
import { coversItsPeriod, defineReport } from '../report.js';
import { contactsReport, type ContactsRequest } from './build-contacts.js';
import { CONTACTS_TITLE, contactsDocument } from './contacts-document.js';

/** Contacts of a period with the figures of each point. */
export const contacts = defineReport({
  kind: 'contacts',
  title: CONTACTS_TITLE,
  summary: 'Contacts of a period with the figures of each point',
  needs: 'analyse',
  isPersonal: true,
  covers: 'period',
  scope: 'points',
  parameters: { happyIndex },
  flags: [HAPPY_INDEX_FLAG],
  formats: REPORT_FILES,
  response,
  request: (query, asker, { config, policy }): ContactsRequest => {
    policy.assertSellers();
    return {
      ...asker.period(query),
      points: query.points ?? [],
      singles: asker.seesSingles,
      happyIndex: query.happyIndex ?? config.metrics.happyIndex,
    };
  },
  build: contactsReport,
  disclose: (model, policy) => ({ ...model, contacts: model.contacts.map((contact) => policy.contact(contact)) }),
  covered: coversItsPeriod,
  document: contactsDocument,
});
