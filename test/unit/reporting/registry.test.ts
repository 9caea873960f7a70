import { Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { addressesOf, querySchemaOf } from '../../../src/reporting/offer.js';
import { REPORTS } from '../../../src/reporting/registry.js';
import { reportOf } from '../../../src/reporting/report-of.js';

describe('the registry of reports', () => {
  it('has each name and each address once', () => {
    for (const names of [REPORTS.map(({ kind }) => kind), REPORTS.flatMap(addressesOf)])
      expect(new Set(names).size).toBe(names.length);
  });

  it.each(REPORTS.map((report) => [report.kind, report] as const))(
    '%s can be asked what its flags say',
    (_kind, report) => {
      const { shape } = querySchemaOf(report);
      for (const { flag, choices = [], fallback } of report.flags) {
        const name = new Option(flag).attributeName();
        expect(Object.keys(shape)).toContain(name);
        for (const choice of choices) expect(report.parameters[name]).toSatisfy((schema) => accepts(schema, choice));
        if (fallback !== undefined) expect(report.parameters[name]).toSatisfy((schema) => accepts(schema, fallback));
      }
      expect(report.title.ru).toMatch(/[а-яё]/i);
      expect(report.title.en).not.toMatch(/[а-яё]/i);
      expect(report.formats).toContain('json');
    },
  );

  it('knows no other', () => {
    expect(() => reportOf(REPORTS, 'me2')).toThrow('No report is called "me2".');
  });
});

const accepts = (schema: unknown, value: unknown): boolean =>
  (schema as { safeParse(value: unknown): { readonly success: boolean } }).safeParse(value).success;
