import { describe, expect, it } from 'vitest';
import { exampleYaml } from '../../../src/config/example.js';
import { defaultConfig, parseConfig } from '../../../src/config/load.js';
import type { ConfigProblem } from '../../../src/config/env-overrides.js';
import { EmoscopeError } from '../../../src/runtime/errors.js';

const problemsOf = (text: string, env: Record<string, string> = {}): readonly ConfigProblem[] => {
  try {
    parseConfig(text, 'emoscope.yaml', env);
    return [];
  } catch (error) {
    if (error instanceof EmoscopeError) return error.details as ConfigProblem[];
    throw error;
  }
};

describe('configuration', () => {
  it('is complete without a single key', () => {
    const config = defaultConfig({});
    expect(config.server.port).toBe(8080);
    expect(config.metrics.threshold).toBe(20);
    expect(config.streams).toEqual([]);
  });

  it('reports every problem at once with path and line', () => {
    const problems = problemsOf('server:\n  port: 99999\n  foo: 1\nstreams:\n  - id: a\n    fps: none\n');
    expect(problems.map(({ path, line }) => [path, line])).toEqual([
      ['server.port', 2],
      ['server.foo', 3],
      ['streams[0].url', 5],
      ['streams[0].fps', 6],
    ]);
  });

  it('says where YAML itself is broken', () => {
    expect(problemsOf('server: [\n')[0]?.line).toBeGreaterThan(0);
  });

  it.each([
    ['server:\n', 'server'],
    ['- 1\n', ''],
    ['just text\n', ''],
  ])('refuses %j', (text, path) => {
    expect(problemsOf(text)[0]?.path).toBe(path);
  });

  it('lets the environment override any key, list items included', () => {
    const config = parseConfig('streams: [{ id: a, url: x.mp4 }]', 'f', {
      EMOSCOPE_SERVER_RATE_LIMIT_PER_MINUTE: '7',
      EMOSCOPE_STREAMS_0_FPS: '2.5',
      EMOSCOPE_SITE_NAME: '007',
      EMOSCOPE_STORE_RETENTION_SAMPLES: '2d',
    });
    expect(config.server.rateLimitPerMinute).toBe(7);
    expect(config.streams[0]?.fps).toBe(2.5);
    expect(config.site.name).toBe('007');
    expect(config.store.retention.samples).toBe('2d');
  });

  it('refuses an unknown EMOSCOPE_ name', () => {
    expect(problemsOf('', { EMOSCOPE_SERVER_PROT: '1' })[0]?.path).toBe('EMOSCOPE_SERVER_PROT');
  });

  it('checks references and unique ids', () => {
    const problems = problemsOf(`
streams:
  - { id: a, url: x.mp4 }
  - { id: a, url: y.mp4 }
contacts:
  - { id: p, seller: a/till, customer: b }
`);
    expect(problems.map(({ path }) => path)).toEqual(['streams[1].id', 'contacts[0].seller', 'contacts[0].customer']);
  });

  it('refuses seller analytics in the EU and names the article', () => {
    const problems = problemsOf(`
privacy: { jurisdiction: eu, sellerAnalytics: aggregate }
streams:
  - { id: a, url: x.mp4, role: seller }
  - { id: b, url: y.mp4 }
contacts:
  - { id: p, seller: a, customer: b }
`);
    expect(problems.map(({ path }) => path)).toEqual(['privacy.sellerAnalytics', 'streams[0].role', 'contacts[0]']);
    for (const { message } of problems) expect(message).toContain('Art. 5(1)(f)');
  });

  it("keeps a stream's overrides apart from the site's defaults", () => {
    const config = parseConfig('streams: [{ id: a, url: x, quality: { minFacePx: 40 } }]', 'f', {});
    expect(config.streams[0]?.quality).toEqual({ minFacePx: 40 });
  });

  it('accepts its own example with every default unchanged', () => {
    const example = parseConfig(exampleYaml(), 'emoscope.example.yaml', {});
    const { streams: _s, contacts: _c, ...rest } = example;
    const { streams: _s2, contacts: _c2, ...defaults } = defaultConfig({});
    expect(rest).toEqual(defaults);
    expect(example.streams).toHaveLength(1);
  });
});
