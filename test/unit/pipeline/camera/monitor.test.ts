import { expect, it } from 'vitest';
import { pino } from 'pino';
import type { LiveListener } from '../../../../src/api/live/live-port.js';
import { configSchema } from '../../../../src/config/schema.js';
import { LiveBus } from '../../../../src/pipeline/live/live-bus.js';
import { Monitor } from '../../../../src/pipeline/camera/monitor.js';
import { systemClock } from '../../../../src/runtime/clock.js';
import { LocalTime } from '../../../../src/time/local-time.js';

const logger = pino({ level: 'silent' });

const monitored = () => {
  const states: string[] = [];
  const bus = new LiveBus((error) => {
    throw error;
  });
  const listener: Partial<LiveListener> = {
    status: ({ state }) => states.push(state),
    metrics: () => undefined,
    history: () => undefined,
    door: () => undefined,
  };
  bus.listen(listener as LiveListener);
  const config = configSchema.parse({ streams: [{ id: 'door', url: '/nowhere/at-all.mp4', loop: true }] });
  const nothing = (): void => undefined;
  const inference = {
    openStream: nothing,
    closeStream: nothing,
    suggestedTurn: () => null,
    submit: nothing,
    onResult: nothing,
    onDrop: nothing,
  };
  const sink = { numbers: nothing, ended: nothing, counted: nothing };
  const monitor = new Monitor({
    config,
    inference,
    sink,
    bus,
    localTime: new LocalTime('UTC'),
    clock: systemClock,
    logger,
  });
  const count = (state: string): number => states.filter((other) => other === state).length;
  const [stream] = config.streams;
  if (stream === undefined) throw new Error('no stream');
  return { monitor, stream, count };
};

it('changes of one camera take turns: every camera that was started is stopped, the last change stands', async () => {
  const { monitor, stream, count } = monitored();
  await monitor.start();
  const changes = [1, 2, 3, 4].map((fps) => monitor.open({ ...stream, fps }));
  await Promise.all([...changes, monitor.close('door'), monitor.open({ ...stream, fps: 5 })]);
  expect(monitor.all().map(({ config }) => config.fps)).toEqual([5]);
  await monitor.stop();
  expect(count('connecting')).toBe(6);
  expect(count('stopped')).toBe(6);
});

it('a change that comes while everything stops starts nothing', async () => {
  const { monitor, stream, count } = monitored();
  await monitor.start();
  const change = monitor.open({ ...stream, fps: 1 });
  await Promise.all([monitor.stop(), change, monitor.open({ ...stream, fps: 2 })]);
  expect(monitor.all()).toEqual([]);
  expect(count('connecting')).toBe(count('stopped'));
});
