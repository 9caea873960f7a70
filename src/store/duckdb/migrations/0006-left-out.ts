const added = (table: string): string => `
ALTER TABLE ${table} ADD COLUMN still UINTEGER DEFAULT 0;
ALTER TABLE ${table} ADD COLUMN late UINTEGER DEFAULT 0;
`;

/** Per second and minute: faces that did not live and were left out, and frames that came too late to follow people by. */
export const leftOut = added('frames') + added('frame_rollups');
