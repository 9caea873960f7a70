import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { happyIndexMessage, metricsMessages, pointDiscovery, streamDiscovery } from '../../../src/api/mqtt/topics.js';
import { EMPTY_WINDOW, type WindowMetrics } from '../../../src/contracts/window.js';

const PYTHON = '/usr/bin/python3';
const hasJinja = spawnSync(PYTHON, ['-c', 'import jinja2']).status === 0;

const ZEROS = { smile_index: '0', smiling_persons: '0', mood: '0', visitors: '0', utilization: '0' };
const UNKNOWN = { smile_index: 'None', smiling_persons: 'None', mood: 'None', visitors: '0', utilization: 'None' };

/** Every state of a camera's sensors as Home Assistant shows it, by the end of the sensor's name. */
const statesOf = (window: WindowMetrics): Record<string, string> => {
  const windows = { '10s': window, '1m': window, '15m': window, today: window };
  const messages = metricsMessages('shop', { ts: 1, threshold: 20, smiles: {}, seq: 1, streams: { a: windows } });
  const sensors = streamDiscovery('shop', { id: 'a', name: 'A', role: 'customer' }).map(
    ({ payload }) => JSON.parse(payload) as { state_topic: string; value_template: string; unique_id: string },
  );
  const asked = sensors.flatMap(({ state_topic, value_template, unique_id }) => {
    const payload = messages.find(({ topic }) => topic === state_topic)?.payload;
    return payload === undefined ? [] : [{ name: unique_id.replace('shop_a_', ''), template: value_template, payload }];
  });
  return Object.fromEntries(asked.map(({ name }, index) => [name, rendered(asked)[index] ?? '']));
};

const rendered = (asked: readonly { readonly template: string; readonly payload: string }[]): string[] => {
  const { stdout, stderr, status } = spawnSync(PYTHON, ['test/fixtures/home-assistant.py'], {
    input: JSON.stringify(asked),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as string[];
};

describe.skipIf(!hasJinja)('what Home Assistant shows', () => {
  it('is zero for zero', () => {
    const zeros = { ...EMPTY_WINDOW, smileIndex: 0, smilingPersons: 0, mood: 0, utilizationPercent: 0 };
    expect(statesOf(zeros)).toEqual(ZEROS);
  });

  it('is None, its word for unknown, where there is no figure', () => {
    expect(statesOf(EMPTY_WINDOW)).toEqual(UNKNOWN);
  });

  it('is the number otherwise, of a contact point too', () => {
    expect(statesOf({ ...EMPTY_WINDOW, smileIndex: 0.25, mood: 51.5 })).toMatchObject({
      smile_index: '0.25',
      mood: '51.5',
    });
    const [sensor] = pointDiscovery('shop', { id: 'till', name: 'Till' });
    const { value_template: template } = JSON.parse(sensor?.payload ?? '{}') as { value_template: string };
    const indexOf = (value: number | null): string =>
      happyIndexMessage('shop', { pointId: 'till', value } as Parameters<typeof happyIndexMessage>[1]).payload;
    const payloads = [0, null, -0.5].map((value) => ({ template, payload: indexOf(value) }));
    expect(rendered(payloads)).toEqual(['0', 'None', '-0.5']);
  });
});
