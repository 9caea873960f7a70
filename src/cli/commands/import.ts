import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { resolveTimeZone } from '../../config/environment.js';
import type { Config } from '../../config/schema.js';
import { importMapping, type ImportMapping } from '../../contracts/service/import-mapping.js';
import { type ImportPlan, planImport } from '../../imports/import-plan.js';
import type { ImportSite } from '../../imports/import-site.js';
import { fileRefused } from '../../imports/refused.js';
import { sendFacts, type SentFacts, type TakeFacts } from '../../imports/send-facts.js';
import { MOST_BYTES } from '../../imports/table.js';
import { withStoredIntake } from '../../pipeline/compose/stored-intake.js';
import { systemClock } from '../../runtime/clock.js';
import { describeFailure } from '../../runtime/describe-failure.js';
import { codeOf, EmoscopeError } from '../../runtime/errors.js';
import { LocalTime } from '../../time/local-time.js';
import { loggerOf, readConfig, type CliContext } from '../context.js';
import { tellFacts } from '../service-client.js';
import { writeResult } from '../write-result.js';

export interface ImportOptions {
  readonly config?: string;
  readonly place?: string;
  readonly mapping?: string;
  readonly dryRun?: boolean;
  readonly allOrNothing?: boolean;
  readonly json?: boolean;
}

interface RefusedLine {
  readonly line: number;
  readonly code: string;
  readonly message: string;
  readonly column?: string;
}

/** What became of one file. */
interface FileOutcome {
  readonly file: string;
  readonly plan: ImportPlan | null;
  readonly sent: SentFacts | null;
  readonly refused: readonly RefusedLine[];
  /** Why nothing of it was taken; null where something was, or would be. */
  readonly failed: { readonly code: string; readonly message: string } | null;
}

const SHOWN_REFUSED = 20;

const readMapping = async ({ mapping, place }: ImportOptions): Promise<ImportMapping> => {
  const text = mapping === undefined ? '{}' : await readFile(mapping, 'utf8').catch(() => null);
  if (text === null)
    throw new EmoscopeError('USAGE', { ru: 'Файл --mapping не читается.', en: '--mapping cannot be read.' });
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new EmoscopeError('USAGE', { ru: 'В файле --mapping не JSON.', en: 'The file of --mapping is no JSON.' });
  }
  const read = importMapping.safeParse(given);
  if (!read.success) throw new EmoscopeError('USAGE', `--mapping: ${z.prettifyError(read.error)}`);
  return place === undefined ? read.data : { ...read.data, place };
};

const siteOf = (config: Config): ImportSite => ({
  siteId: config.site.id,
  places: config.places,
  streams: config.streams.map(({ id, name }) => ({ id, name: name ?? id })),
  employees: config.employees,
  zone: new LocalTime(resolveTimeZone(config.site.timeZone)),
  now: systemClock.now(),
});

const readFileOf = async (file: string): Promise<Buffer> => {
  const size = await stat(file).then(
    (found) => (found.isFile() ? found.size : null),
    () => null,
  );
  if (size === null)
    throw new EmoscopeError('INPUT_NOT_FOUND', { ru: `Файла ${file} нет.`, en: `There is no file ${file}.` });
  if (size > MOST_BYTES) throw fileRefused('Файл больше 32 МБ.', 'The file is larger than 32 MB.');
  return readFile(file);
};

const importOne = async (
  context: CliContext,
  file: string,
  {
    options,
    mapping,
    site,
    take,
  }: { options: ImportOptions; mapping: ImportMapping; site: ImportSite; take: TakeFacts | null },
): Promise<FileOutcome> => {
  let plan: ImportPlan | null = null;
  try {
    plan = planImport(await readFileOf(file), mapping, site);
    const ofRows = plan.refused.map(({ message, ...rest }) => ({ ...rest, message: message[context.language] }));
    if (options.allOrNothing === true && ofRows.length > 0)
      return {
        file,
        plan,
        sent: null,
        refused: ofRows,
        failed: { code: 'CONFLICT', message: context.say('importNothing') },
      };
    const sent = take === null ? null : await sendFacts(plan.facts, take);
    const refused = [...ofRows, ...(sent?.refused ?? [])].sort((a, b) => a.line - b.line);
    return { file, plan, sent, refused, failed: null };
  } catch (error) {
    if (!['IMPORT_UNREADABLE', 'INPUT_NOT_FOUND'].includes(codeOf(error))) throw error;
    return {
      ...{ file, plan, sent: null, refused: [] },
      failed: { code: codeOf(error), message: describeFailure(error, context.language) },
    };
  }
};

const jsonOf = ({ file, plan, sent, refused, failed }: FileOutcome): string =>
  `${JSON.stringify({
    file,
    ...(plan === null
      ? {}
      : {
          ...{ format: plan.format, encoding: plan.encoding, delimiter: plan.delimiter, rows: plan.rows },
          ...{ columns: plan.columns, rowCount: plan.rowCount, totals: plan.totals, facts: plan.facts.length },
        }),
    ...(sent === null ? {} : { stored: sent.stored, unchanged: sent.unchanged, revised: sent.revised }),
    refused,
    failed,
  })}\n`;

const textOf = (context: CliContext, { file, plan, sent, refused, failed }: FileOutcome): string => {
  const { say } = context;
  const lines = [file];
  if (plan !== null) {
    lines.push(
      `  ${[plan.format, plan.encoding, plan.delimiter === '\t' ? 'tab' : plan.delimiter].filter(Boolean).join(', ')}`,
    );
    lines.push(`  ${plan.head.slice(0, 20).join(' | ')}`);
    for (const row of plan.firstRows) lines.push(`  ${row.join(' | ')}`);
    for (const [field, name] of Object.entries(plan.columns)) lines.push(`  ${field} ← ${name}`);
    lines.push(`  ${say('importFound', plan.rowCount, plan.totals, plan.facts.length)}`);
  }
  for (const { line, code, column, message } of refused.slice(0, SHOWN_REFUSED))
    lines.push(`  ${say('importLine', line)}: ${code}${column === undefined ? '' : ` (${column})`}: ${message}`);
  if (refused.length > SHOWN_REFUSED) lines.push(`  ${say('outcomeMore', refused.length - SHOWN_REFUSED)}`);
  if (failed !== null) lines.push(`  ${failed.message}`);
  if (sent !== null) lines.push(`  ${say('importDone', sent.stored, sent.revised, sent.unchanged, refused.length)}`);
  // What a file says must not steer the terminal.
  // eslint-disable-next-line no-control-regex
  return `${lines.map((line) => line.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')).join('\n')}\n`;
};

/** `emoscope import`: into the store, or through the running service while that holds the store. Exit code 1 where anything was refused. */
export const importFiles = async (
  context: CliContext,
  files: readonly string[],
  options: ImportOptions,
): Promise<void> => {
  const config = readConfig(context, options.config);
  const mapping = await readMapping(options);
  const site = siteOf(config);
  const work = async (take: TakeFacts | null): Promise<void> => {
    for (const file of files) {
      const outcome = await importOne(context, file, { options, mapping, site, take });
      await writeResult(context, options.json === true ? jsonOf(outcome) : textOf(context, outcome));
      if (outcome.failed !== null || outcome.refused.length > 0) process.exitCode = 1;
    }
  };
  if (options.dryRun === true) return work(null);
  await withStoredIntake(config, context.language, loggerOf(context, config), work).catch((error: unknown) => {
    if (codeOf(error) !== 'STORE_LOCKED') throw error;
    return work((facts) => tellFacts(context, config, facts));
  });
};
