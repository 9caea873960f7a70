import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { testApp, type TestApp } from '../../fixtures/api-ports.js';
import { metricFamilies, usedBy, type MetricFamily } from '../../fixtures/metric-families.js';

interface Alerts {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
}

interface Dashboard {
  readonly panels: readonly {
    readonly id: number;
    readonly title: string;
    readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
    readonly targets?: readonly { readonly expr: string }[];
  }[];
  readonly templating: { readonly list: readonly { readonly query: string | { readonly query: string } }[] };
}

const deployed = (path: string): string => readFileSync(new URL(`../../../deploy/${path}`, import.meta.url), 'utf8');

const alerts = parse(deployed('alerts.yaml')) as Alerts;
const dashboard = JSON.parse(deployed('grafana/emoscope.json')) as Dashboard;

const expressions = [
  ...alerts.groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => [`alert ${alert}`, expr] as const)),
  ...dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => [`panel ${title}`, expr] as const),
  ),
  ...dashboard.templating.list.flatMap(({ query }) =>
    typeof query === 'string' ? [] : [[`variable ${query.query}`, query.query] as const],
  ),
];

/** Put there by Prometheus itself. */
const SCRAPE_LABELS = ['job', 'instance'];

describe('what is deployed to watch the service', () => {
  let test: TestApp;
  let families: ReadonlyMap<string, MetricFamily>;

  beforeAll(async () => {
    test = await testApp();
    await test.app.fastify.inject('/api/v1/reports/me1');
    families = metricFamilies((await test.app.fastify.inject('/metrics')).body);
  });

  afterAll(() => test.app.close());

  const familyOf = (name: string): MetricFamily | undefined =>
    families.get(name) ?? families.get(name.replace(/_(bucket|sum|count)$/, ''));

  it.each(expressions)('%s reads only what /metrics gives', (_where, expression) => {
    const { names, labels } = usedBy(expression);
    const read = names.map((name) => [name, familyOf(name)] as const);
    expect(read.filter(([, family]) => family === undefined)).toEqual([]);
    const given = new Set([...SCRAPE_LABELS, ...read.flatMap(([, family]) => [...(family?.labels ?? [])])]);
    expect(labels.filter((label) => !given.has(label))).toEqual([]);
  });

  it('reads something in every expression but the one that asks whether the service is up', () => {
    const empty = expressions.filter(([, expression]) => usedBy(expression).names.length === 0);
    expect(empty.map(([where]) => where)).toEqual(['alert EmoscopeDown']);
  });

  it('shows every figure of the service', () => {
    const watched = new Set(
      expressions.flatMap(([, expression]) => usedBy(expression).names.map((name) => familyOf(name)?.name)),
    );
    const own = [...families.keys()].filter((name) => name.startsWith('emoscope_'));
    expect(own.length).toBeGreaterThan(25);
    // The total of what is shown by event and reason.
    expect(own.filter((name) => !watched.has(name))).toEqual(['emoscope_socket_faces_lost_total']);
  });

  it('has a help text and a proper name for every figure of the service', () => {
    for (const { name, help, type } of families.values()) {
      if (!name.startsWith('emoscope_')) continue;
      expect(help, name).toMatch(/^\S.{8,}\.$/);
      expect(name.endsWith('_total'), `${name} is a ${type}`).toBe(type === 'counter');
      if (type === 'histogram') expect(name).toMatch(/_(seconds|size)$/);
    }
  });

  it('gives every panel an id and a place of its own', () => {
    const { panels } = dashboard;
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });
});
