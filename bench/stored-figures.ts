import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { tableText, type BenchRecord } from './record.js';
import { ranOnLine } from './ran-on.js';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** The document in which the figures are shown. */
export const README = here('README.md');

const FIGURES = here('figures/');

/** The newest figures of every bench that keeps them. */
const storedRecords = (): BenchRecord[] =>
  readdirSync(FIGURES)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(`${FIGURES}${name}`, 'utf8')) as BenchRecord);

/** What stands under each marker: `engine` tells what the bench ran on, `engine/stages` is one of its tables. */
const textsOf = ({ bench, options, ranOn, tables }: BenchRecord): (readonly [string, string])[] => [
  [bench, `Measured ${options === '' ? 'as it is' : `with \`${options}\``}: ${ranOnLine(ranOn)}.`],
  ...tables.map((table) => [`${bench}/${table.id}`, tableText(table)] as const),
];

/** The document with what stands between its markers `<!-- figures: NAME -->` written anew; throws for a missing marker. */
export const withFigures = async (text: string): Promise<string> => {
  let written = text;
  for (const [name, figures] of storedRecords().flatMap(textsOf)) {
    const [opening, closing] = [`<!-- figures: ${name} -->`, '<!-- /figures -->'];
    const from = written.indexOf(opening);
    const to = written.indexOf(closing, from);
    if (from < 0 || to < 0) throw new Error(`No place for the figures "${name}".`);
    written = `${written.slice(0, from)}${opening}\n\n${figures}\n\n${written.slice(to)}`;
  }
  return format(written, { ...(await resolveConfig(README)), parser: 'markdown' });
};
