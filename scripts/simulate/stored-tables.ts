import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import type { Language } from '../../src/contracts/language.js';
import type { Simulation } from './simulation.js';
import { coverageTable, netResponseTable, verdictTable } from './tables.js';
import { inLanguage } from './words.js';

const inDocs = (name: string): string => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));

/** The simulation that the tables of the documents show. */
export const STORED = inDocs('statistics.json');

/** The documents with tables of the simulation. */
export const STATISTICS_DOCS: readonly { readonly path: string; readonly language: Language }[] = [
  { path: inDocs('statistics.md'), language: 'en' },
  { path: inDocs('statistics.ru.md'), language: 'ru' },
];

/** The tables by the name of their marker, in Markdown. */
export const tablesOf = (found: Simulation, language: Language): Readonly<Record<string, string>> => {
  const word = inLanguage(language);
  return {
    coverage: coverageTable(found.cells, word),
    verdicts: verdictTable(found.falseVerdicts, word),
    'net-response': netResponseTable([...found.netResponseNull, ...found.netResponseContagion], word),
    run: word(`${found.replications} replications, seed ${found.seed}`),
  };
};

/** A document with what stands between its markers `<!-- simulated: NAME -->` written anew. */
export const withTables = async (text: string, found: Simulation, language: Language): Promise<string> => {
  let written = text;
  for (const [name, table] of Object.entries(tablesOf(found, language))) {
    const [opening, closing] = [`<!-- simulated: ${name} -->`, '<!-- /simulated -->'];
    const from = written.indexOf(opening);
    const to = written.indexOf(closing, from);
    if (from < 0 || to < 0) throw new Error(`No place for the table "${name}".`);
    written = `${written.slice(0, from)}${opening}\n\n${table}\n\n${written.slice(to)}`;
  }
  const style = await resolveConfig(STORED);
  return format(written, { ...style, parser: 'markdown' });
};

/** Writes the tables of all documents anew. */
export const writeTables = async (found: Simulation): Promise<void> => {
  for (const { path, language } of STATISTICS_DOCS) {
    writeFileSync(path, await withTables(readFileSync(path, 'utf8'), found, language));
    console.error(`written: ${path}`);
  }
};
