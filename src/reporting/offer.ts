import { z } from 'zod';
import type { Permission } from '../contracts/service/account-role.js';
import type { Bilingual } from '../contracts/bilingual.js';
import { LANGUAGES } from '../contracts/language.js';
import { instant, periodQuery, pointsQuery, streamsQuery } from '../contracts/query.js';
import type { ReportFile } from '../contracts/documents/report-format.js';

/** A parameter as the command line takes it. */
export interface Flag {
  /** As commander reads it; in camel case it is the parameter's name: `--smile-index <reading>`. */
  readonly flag: string;
  readonly words: Bilingual;
  /** What it may be; absent: anything that its schema takes. */
  readonly choices?: readonly string[];
  /** Least and greatest number. */
  readonly range?: readonly [least: number, greatest: number];
  readonly fallback?: string;
  /** Whether `analyze --report` takes it too. */
  readonly ofRecordings?: boolean;
}

/** A report as its doors know it: what it is called, what it is asked and what it answers. */
export interface ReportOffer<Parameters extends z.ZodRawShape = z.ZodRawShape, Model = unknown> {
  /** Its name on the command line and in files, and the last part of its address. */
  readonly kind: string;
  readonly title: Bilingual;
  /** One line of the API document. */
  readonly summary: string;
  /** Further addresses that it is given at. */
  readonly alsoAt?: readonly string[];
  readonly needs: Permission;
  /** Whether it may hold single contacts or persons: the audit log has each look before anything is given. */
  readonly isPersonal: boolean;
  /** `two-periods`: a second one is asked for as otherFrom and otherTo. */
  readonly covers: 'period' | 'two-periods';
  /** What it can be narrowed to, beside the whole site. */
  readonly scope: 'site' | 'streams' | 'points';
  /** What else it can be asked. */
  readonly parameters: Parameters;
  readonly flags: readonly Flag[];
  readonly formats: readonly ReportFile[];
  /** What it is as JSON. */
  readonly response: z.ZodType<Model>;
}

/** A query for a report as its schema gives it; instants are still text. */
export type ReportQuery<Parameters extends z.ZodRawShape = z.ZodRawShape> = {
  readonly [Field in 'from' | 'to' | 'otherFrom' | 'otherTo']?: string | undefined;
} & {
  readonly [Field in 'streams' | 'points']?: readonly string[];
} & z.output<z.ZodObject<Parameters>>;

const otherInstant = instant.describe('Of the second period, whose figures are compared with those of the first.');
const SCOPES = { site: {}, streams: streamsQuery.shape, points: pointsQuery.shape } as const;

const formatQuery = (formats: readonly ReportFile[]) =>
  z.object({
    format: z.enum(formats).default('json'),
    language: z.enum(LANGUAGES).optional().describe('Of the printed forms; default: the language of the site.'),
  });

/** Everything that a report can be asked, by name. */
export const querySchemaOf = ({ covers, scope, formats, parameters }: ReportOffer) =>
  periodQuery.extend({
    ...SCOPES[scope],
    ...formatQuery(formats).shape,
    ...(covers === 'two-periods' ? { otherFrom: otherInstant, otherTo: otherInstant } : {}),
    ...parameters,
  });

/** Where a report is given, its own address last. */
export const addressesOf = ({ kind, alsoAt = [] }: ReportOffer): readonly string[] => [
  ...alsoAt,
  `/api/v1/reports/${kind}`,
];

/** Who asks for a report, as far as it depends on the door they come through. */
export interface Asker {
  /** The period that two instants of a query mean; throws PERIOD_INVALID. */
  period(named: { readonly from?: string | undefined; readonly to?: string | undefined }): {
    readonly fromTs: number;
    readonly toTs: number;
  };
  /** The same ids where they may be asked for; throws STREAM_UNKNOWN or PRIVACY_REFUSED. */
  streams(ids: readonly string[]): readonly string[];
  /** Whether they may be told of contacts one by one. */
  readonly seesSingles: boolean;
}
