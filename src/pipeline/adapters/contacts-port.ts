import type { ContactsPort } from '../../api/contacts/contacts-port.js';
import { pointSummaries, singlesSince } from '../../reporting/contacts/build-contacts.js';
import { askedBy, type ReportSources } from '../../reporting/report-sources.js';

/** Stored contacts and the figures of each point. */
export const createContactsPort = (sources: ReportSources): ContactsPort => ({
  list: ({ fromTs, toTs, points, verdict, before, limit }) =>
    sources.store.contacts({ fromTs, toTs, points, verdict, before, limit, curves: false }),
  get: (id) => sources.store.contact(id),
  singlesSince: () => singlesSince(sources),
  summaries: (period, signal) => pointSummaries(askedBy(sources, signal), period),
});
