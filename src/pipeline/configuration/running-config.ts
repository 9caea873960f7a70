import { EDITED_LISTS, type ConfigEdit, type EditedList, writeConfigEdit } from '../../config/edit.js';
import { checkReferences, type Finding } from '../../config/references.js';
import { configSchema, type Config, type ConfigInput, type StreamConfig } from '../../config/schema.js';
import { EmoscopeError } from '../../runtime/errors.js';
import { issueInRussian } from './issue-in-russian.js';

type StreamInput = NonNullable<ConfigInput['streams']>[number];
type ContactInput = NonNullable<ConfigInput['contacts']>[number];
type Lists = Pick<Config, EditedList>;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A stream as a person would write it: without the keys that have their default. */
const terseStream = (stream: StreamConfig): StreamInput => {
  const [plain] = configSchema.parse({ streams: [{ id: stream.id, url: stream.url }] }).streams;
  const changed = Object.entries(stream).filter(
    ([key, value]) =>
      value !== undefined && (['id', 'url', 'role'].includes(key) || !same(value, plain?.[key as keyof StreamConfig])),
  );
  return Object.fromEntries(changed) as StreamInput;
};

const terseContact = (point: Config['contacts'][number]): ContactInput => ({
  id: point.id,
  ...(point.name === undefined ? {} : { name: point.name }),
  seller: point.seller,
  customer: point.customer,
});

/** Each list as a person would write it. */
const TERSE = {
  streams: ({ streams }: Lists) => streams.map(terseStream),
  contacts: ({ contacts }: Lists) => contacts.map(terseContact),
  places: ({ places }: Lists) => places,
  factors: ({ factors }: Lists) => factors,
  employees: ({ employees }: Lists) => employees,
} as const satisfies { readonly [List in EditedList]: (lists: Lists) => ConfigEdit[List] };

/** The configuration of a running service: changes are checked as a whole and written back before they apply. */
export class RunningConfig {
  constructor(
    private config: Config,
    /** null: nothing is written back. */
    private readonly file: string | null,
  ) {}

  get current(): Config {
    return this.config;
  }

  stream(id: string): StreamConfig | null {
    return this.config.streams.find((stream) => stream.id === id) ?? null;
  }

  /** Replaces the lists that are given; throws CONFIG_INVALID or PRIVACY_REFUSED and changes nothing. */
  change(lists: Partial<Lists>): void {
    const checked = this.check(lists);
    if (this.file !== null) {
      const given = EDITED_LISTS.filter((list) => lists[list] !== undefined);
      writeConfigEdit(this.file, Object.fromEntries(given.map((list) => [list, TERSE[list](checked)])));
    }
    this.config = checked;
  }

  /** Takes the lists over from the file as someone else wrote it; throws like `change`. Returns what was before. */
  adopt(lists: Lists): Config {
    const before = this.config;
    this.config = this.check(Object.fromEntries(EDITED_LISTS.map((list) => [list, lists[list]])));
    return before;
  }

  private check(lists: Partial<Lists>): Config {
    const parsed = configSchema.safeParse({ ...this.config, ...lists });
    const problems: readonly Finding[] = parsed.success
      ? checkReferences(parsed.data)
      : parsed.error.issues.map((issue) => ({
          path: issue.path.map(String),
          message: issue.message,
          ru: issueInRussian(issue),
        }));
    if (!parsed.success || problems.length > 0) {
      const details = problems.map(({ path, message }) => ({ path: path.join('.'), message }));
      const forbidden = problems.some(({ code }) => code === 'PRIVACY_REFUSED');
      throw new EmoscopeError(
        forbidden ? 'PRIVACY_REFUSED' : 'CONFIG_INVALID',
        {
          ru: problems.map(({ path, ru }) => `${path.join('.')}: ${ru}`).join('; '),
          en: details.map(({ path, message }) => `${path}: ${message}`).join('; '),
        },
        { details },
      );
    }
    return parsed.data;
  }
}
