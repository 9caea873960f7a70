import { resolveTimeZone } from '../../config/environment.js';
import type { ReportFormat } from '../../contracts/documents/report-format.js';
import { withPrivacyFacts } from '../../pipeline/compose/privacy-facts.js';
import { noticeInputOf } from '../../reporting/privacy/build-privacy.js';
import { renderPrivacyReport } from '../../reporting/privacy/privacy-document.js';
import { renderNotice } from '../../reporting/privacy/render-notice.js';
import { systemClock } from '../../runtime/clock.js';
import { actorAt } from '../audited.js';
import { loggerOf, readConfig, type CliContext } from '../context.js';
import { writeForPeople } from '../private-files.js';
import { writeResult } from '../write-result.js';

interface Output {
  readonly config?: string;
  readonly out?: string;
}

const emit = async (context: CliContext, body: string | Uint8Array, out?: string): Promise<void> => {
  if (out === undefined) return writeResult(context, body);
  await writeForPeople(out, body);
  context.err.write(`${context.say('written', out)}\n`);
};

/** `emoscope privacy report`: what is collected, where, how long, who saw it. */
export const privacy = async (
  context: CliContext,
  options: Output & { readonly format: ReportFormat },
): Promise<void> => {
  const config = readConfig(context, options.config);
  const { name, operator, contact } = config.site;
  const site = { siteName: name, operator, contact, timeZone: resolveTimeZone(config.site.timeZone) };
  const body = await withPrivacyFacts(config, loggerOf(context, config), actorAt(context, config), async (facts) => {
    const document = await renderPrivacyReport(facts, site, options.format, context.language);
    return document.body;
  });
  await emit(context, body, options.out);
};

/** `emoscope privacy notice`: the notice for the door. */
export const notice = async (
  context: CliContext,
  options: Output & { readonly format: 'html' | 'pdf' },
): Promise<void> => {
  const config = readConfig(context, options.config);
  const { body } = await renderNotice(noticeInputOf(config, systemClock.now()), options.format, context.language);
  await emit(context, body, options.out);
};
