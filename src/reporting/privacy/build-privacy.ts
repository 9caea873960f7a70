import type { AuditRecord } from '../../contracts/service/audit-record.js';
import type { DataHolding, PrivacyReport } from '../../contracts/documents/privacy-report.js';
import { sellerAnalyticsOf } from '../../config/seller-analytics.js';
import type { Config } from '../../config/schema.js';
import { renderNotice } from './render-notice.js';
import type { Upkeep } from '../../store/ports/upkeep.js';
import type { ReportSources } from '../report-sources.js';

/** What the privacy report is made from. */
export type PrivacySources = Pick<ReportSources, 'config' | 'clock'> & { readonly store: Pick<Upkeep, 'health'> };

const AUDIT_LIMIT = 10_000;

/** The audit log as the report reads it. */
export interface AuditList {
  /** Newest first; only entries with `seq` below `beforeSeq` when given. */
  list(request: { readonly beforeSeq: number | null; readonly limit: number }): Promise<readonly AuditRecord[]>;
}

const BESIDE = { ru: 'файлы рядом с базой данных', en: 'files beside the database' };
const DATABASE = { ru: 'база данных на этой машине', en: 'database on this machine' };
const MEMORY = { ru: 'память программы, на диск не попадает', en: 'memory of the program, never on disk' };

const holdingsOf = (config: Config, store: PrivacySources['store']): DataHolding[] => {
  const { samples, rollups } = config.store.retention;
  const { rawFromTs, stored } = store.health();
  const kept = (
    kind: string,
    ru: string,
    en: string,
    retention: string | null,
    { rows = null, oldestTs = null }: Partial<Pick<DataHolding, 'rows' | 'oldestTs'>> = {},
  ): DataHolding => ({
    kind,
    description: { ru, en },
    where: DATABASE,
    retention,
    rows,
    oldestTs,
  });
  return [
    {
      kind: 'frame',
      description: { ru: 'последний кадр каждой камеры', en: 'the newest frame of each camera' },
      where: MEMORY,
      retention: null,
      rows: null,
      oldestTs: null,
    },
    kept(
      'samples',
      'отметки: видимое выражение, возраст, пол, положение лица; случайный номер на время слежения',
      'samples: visible expression, age, gender, place of the face; a random number while it is followed',
      samples,
      { rows: stored.samples, oldestTs: rawFromTs },
    ),
    kept(
      'visitors',
      'итоги по каждому посетителю без картинок и имён',
      'sums per visitor, no picture, no name',
      rollups,
      { rows: stored.tracks },
    ),
    kept(
      'contacts',
      'кривые выражений в точках контакта и вердикты',
      'expression curves at contact points, verdicts',
      rollups,
      { rows: stored.contacts },
    ),
    kept(
      'observations',
      'подсчёты: сколько человек прошло у камеры-счётчика за минуту и куда; ни лиц, ни примет',
      'counts: how many people passed a counter in a minute, and which way; no face, no feature',
      rollups,
      { rows: stored.observations },
    ),
    kept('rollups', 'поминутные суммы', 'sums per minute', rollups),
    { ...kept('audit', 'журнал доступа', 'audit log of accesses', null), where: BESIDE },
  ];
};

const accessesOf = async (audit: AuditList): Promise<PrivacyReport['accesses']> => {
  const entries = await audit.list({ beforeSeq: null, limit: AUDIT_LIMIT });
  const accesses = new Map<string, { actor: string; action: string; count: number; lastTs: number }>();
  for (const { kind, actor, action, ts, outcome, of } of entries) {
    // Each act counts once, by the entry with which it began.
    if (kind !== 'personal-data' || outcome !== 'allowed' || of !== null) continue;
    const key = JSON.stringify([actor, action]);
    const known = accesses.get(key) ?? { actor, action, count: 0, lastTs: ts };
    accesses.set(key, { ...known, count: known.count + 1, lastTs: Math.max(known.lastTs, ts) });
  }
  return [...accesses.values()].sort((a, b) => b.lastTs - a.lastTs);
};

/** What is collected, where, how long, and who saw personal data lately. */
export const privacyReport = async (
  { store, config, clock }: PrivacySources,
  audit: AuditList,
): Promise<PrivacyReport> => {
  const current = config();
  const { jurisdiction, kAnonymity, minorsAge } = current.privacy;
  return {
    generatedTs: clock.now(),
    jurisdiction,
    sellerAnalytics: sellerAnalyticsOf(current.privacy),
    kAnonymity,
    minorsAge,
    holdings: holdingsOf(current, store),
    accesses: await accessesOf(audit),
  };
};

/** What the notice for the door is made from. */
export const noticeInputOf = (config: Config, generatedTs: number): Parameters<typeof renderNotice>[0] => ({
  siteName: config.site.name,
  operator: config.site.operator,
  contact: config.site.contact,
  jurisdiction: config.privacy.jurisdiction,
  sellerAnalytics: sellerAnalyticsOf(config.privacy),
  retention: config.store.retention,
  kAnonymity: config.privacy.kAnonymity,
  generatedTs,
});
