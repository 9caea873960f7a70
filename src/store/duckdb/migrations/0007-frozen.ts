/**
 * What was given out stays as it was: rows that come after the cell of their time has been made are kept and withheld.
 * Cells say which sizes of faces they may be asked by (`sizes`, one bit per step), and for which k that and `parted` hold;
 * of cells made before this neither is known.
 */
export const frozen = `
${['samples', 'frames', 'tracks', 'contacts'].map((table) => `ALTER TABLE ${table} ADD COLUMN withheld BOOLEAN DEFAULT false;`).join('\n')}
ALTER TABLE cells ADD COLUMN k USMALLINT DEFAULT 0;
ALTER TABLE cells ADD COLUMN sizes UTINYINT DEFAULT 0;
`;
