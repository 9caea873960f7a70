/** What may be counted as the customers served at a place: contacts, a counter's presses, or receipts. */
export const SERVED_BY = ['contacts', 'counter', 'receipts'] as const;
