import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import type { Config } from '../../config/schema.js';
import { createLogger } from '../../runtime/logger.js';
import { redactDeep } from '../../runtime/redact.js';
import { audited } from '../audited.js';
import { configFileOf, readConfig, type CliContext } from '../context.js';
import { examine } from '../../pipeline/compose/doctor/examine.js';
import type { Finding } from '../../pipeline/compose/doctor/finding.js';
import { askForSupport } from '../service-client.js';
import { withCacheDir } from '../with-cache-dir.js';
import { writeResult } from '../write-result.js';

export interface DoctorOptions {
  readonly config?: string;
  readonly json?: boolean;
  readonly bundle?: string;
}

const MARKS = { ok: '✔', warning: '!', failed: '✘' } as const;

const lineOf = (context: CliContext, { name, outcome, detail }: Finding): string => {
  const word = outcome === 'ok' ? '' : `${context.say(outcome === 'failed' ? 'checkFailed' : 'checkWarn')}: `;
  return `${MARKS[outcome]} ${name.padEnd(18)} ${word}${detail}\n`;
};

/** What a supporter needs to see: no secret, no picture, no sample. */
const bundleOf = (
  config: Config,
  findings: readonly Finding[],
  version: string,
  service: Record<string, unknown>,
  overrides: readonly string[],
): string =>
  JSON.stringify(
    redactDeep({
      generated: new Date().toISOString(),
      version,
      versions: process.versions,
      platform: `${process.platform} ${process.arch}`,
      cpus: cpus().map(({ model }) => model),
      memoryBytes: totalmem(),
      findings,
      config,
      overrides,
      service,
    }),
    null,
    2,
  );

/** `emoscope doctor`: true when nothing failed. */
export const doctor = async (context: CliContext, options: DoctorOptions, version: string): Promise<boolean> => {
  const config = withCacheDir(context, readConfig(context, options.config));
  const findings: Finding[] = [];
  for await (const finding of examine(
    config,
    configFileOf(context, options.config),
    createLogger({ level: 'silent', pretty: false }),
    (target, work) => audited(context, config, { kind: 'administration', action: 'streams.probe', target }, work),
  )) {
    findings.push(finding);
    if (options.json !== true) await writeResult(context, lineOf(context, finding));
  }
  const faults = findings.filter(({ outcome }) => outcome === 'failed').length;
  if (options.json === true) await writeResult(context, `${JSON.stringify({ faults, findings }, null, 2)}\n`);
  else context.err.write(`${faults === 0 ? context.say('doctorGood') : context.say('doctorBad', faults)}\n`);
  if (options.bundle !== undefined) {
    const service = await askForSupport(context, config);
    const overrides = Object.keys(context.env).filter((name) => name.startsWith('EMOSCOPE_'));
    const bundle = bundleOf(config, findings, version, service, overrides);
    await writeFile(options.bundle, `${bundle}\n`, { mode: 0o600 });
    context.err.write(`${context.say('written', options.bundle)}\n`);
  }
  return faults === 0;
};
