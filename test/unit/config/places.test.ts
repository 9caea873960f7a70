import { expect, it } from 'vitest';
import { editConfigText } from '../../../src/config/edit.js';
import { parseConfig } from '../../../src/config/load.js';

const SHOP = `
streams:
  - { id: hall, url: rtsp://cam/1, zones: [{ id: desk, role: customer, polygon: [[0,0],[1,0],[1,1]] }] }
`;

const problemsOf = (more: string): unknown => {
  try {
    parseConfig(SHOP + more, 'f', {});
    return null;
  } catch (error) {
    return (error as { details: { path: string }[] }).details.map(({ path }) => path);
  }
};

it('knows places, factors and employees, and finds what they name', () => {
  const config = parseConfig(
    `${SHOP}
places: [{ id: till, name: Касса, views: [hall, hall/desk], served: receipts }]
factors: [{ id: price, name: Цены }]
employees: [{ id: anna, name: Анна }]`,
    'f',
    {},
  );
  expect(config.places).toEqual([{ id: 'till', name: 'Касса', views: ['hall', 'hall/desk'], served: 'receipts' }]);
  expect(config.employees).toHaveLength(1);
});

it.each([
  ['places: [{ id: till, name: A, views: [hall, attic] }]', ['places[0].views[1]']],
  ['places: [{ id: till, name: A, contact: gone }]', ['places[0].contact']],
  ['places: [{ id: till, name: A }, { id: till, name: B }]', ['places[1].id']],
  ['employees: [{ id: a, name: A }, { id: a, name: B }]', ['employees[1].id']],
  ['factors: [{ id: A b, name: A }]', ['factors[0].id']],
  ['factors: [{ id: a, name: A, weight: 1 }]', ['factors[0].weight']],
])('refuses %s', (text, paths) => {
  expect(problemsOf(text)).toEqual(paths);
});

it('writes them back beside what a person wrote', () => {
  const text = editConfigText('# mine\nplaces:\n  - { id: a, name: A } # the door\n', {
    places: [
      { id: 'a', name: 'A' },
      { id: 'b', name: 'B' },
    ],
    employees: [{ id: 'anna', name: 'Анна' }],
  });
  expect(text).toContain('# mine');
  expect(text).toContain('# the door');
  const config = parseConfig(text, 'f', {});
  expect(config.places.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(config.employees).toEqual([{ id: 'anna', name: 'Анна' }]);
});
