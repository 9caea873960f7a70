import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config/load.js';
import { EmoscopeError } from '../../../src/runtime/errors.js';

const camera = (fields: string, more = ''): string =>
  `site: { timeZone: UTC }\nstreams:\n  - { id: door, url: a.mp4, ${fields} }\n  - { id: hall, url: b.mp4 }\n${more}`;

const messageOf = (text: string): string => {
  try {
    parseConfig(text, 'emoscope.yaml', {});
  } catch (error) {
    if (error instanceof EmoscopeError) return error.message;
  }
  return 'no problem';
};

describe('the line of a counter', () => {
  it('is two points; cameras without it are as they were', () => {
    const config = parseConfig(camera('role: counter, line: [[0.1, 0.5], [0.9, 0.5]]'), 'emoscope.yaml', {});
    expect(config.streams.map(({ role, line }) => [role, line])).toEqual([
      [
        'counter',
        [
          [0.1, 0.5],
          [0.9, 0.5],
        ],
      ],
      ['customer', null],
    ]);
  });

  it.each([
    ['a counter without one', camera('role: counter'), 'streams[0].line: a counter needs a line'],
    ['another role with one', camera('role: exit, line: [[0, 0], [1, 1]]'), 'a line is for role "counter" alone'],
    ['a line without length', camera('role: counter, line: [[0.5, 0.5], [0.5, 0.5]]'), 'are the same place'],
    ['a point outside', camera('role: counter, line: [[0.5, 0.5], [1.5, 0.5]]'), 'streams[0].line'],
    ['three points', camera('role: counter, line: [[0, 0], [1, 1], [1, 0]]'), 'streams[0].line'],
    [
      'zones beside it',
      camera('role: counter, line: [[0, 0], [1, 1]], zones: [{ id: a, polygon: [[0, 0], [1, 0], [1, 1]] }]'),
      'streams[0].zones: a counter has a line and no zones',
    ],
    [
      'a contact point at it',
      camera('role: counter, line: [[0, 0], [1, 1]]', 'contacts: [{ id: till, seller: hall, customer: door }]\n'),
      'contacts[0].customer: "door" is a counter',
    ],
  ])('%s is refused in words', (_case, text, words) => {
    expect(messageOf(text)).toContain(words);
  });
});
