import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { editConfigText, writeConfigEdit } from '../../../src/config/edit.js';
import { parseConfig } from '../../../src/config/load.js';

const TEXT = `# my shop
server:
  port: 9000 # the old port
streams:
  # the door
  - id: door
    url: rtsp://u:p@cam/1 # keep
`;

it('adds a stream and keeps comments and untouched items', () => {
  const text = editConfigText(TEXT, {
    streams: [
      { id: 'door', url: 'rtsp://u:p@cam/1' },
      { id: 'till', url: 'till.mp4' },
    ],
  });
  expect(text).toContain('# my shop');
  expect(text).toContain('# the old port');
  expect(text).toContain('# keep');
  expect(parseConfig(text, 'f', {}).streams.map(({ id }) => id)).toEqual(['door', 'till']);
});

it('starts a file that is empty', () => {
  expect(parseConfig(editConfigText('', { streams: [{ id: 'a', url: 'x' }] }), 'f', {}).streams).toHaveLength(1);
});

it('writes in one step and keeps the mode', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'emoscope-edit-')), 'emoscope.yaml');
  writeFileSync(file, TEXT, { mode: 0o600 });
  writeConfigEdit(file, { contacts: [] });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).toContain('contacts: []');
});
