import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleYaml } from '../../../src/config/example.js';
import { defaultConfig, parseConfig } from '../../../src/config/load.js';
import { decodeConfigText } from '../../../src/config/read-text.js';
import { configKeys } from '../../../src/config/tree.js';
import { envName, serviceLinks, type ConfigProblem } from '../../../src/config/env-overrides.js';
import { EmoscopeError } from '../../../src/runtime/errors.js';
import { seeded } from '../../fixtures/seeded.js';

const problemsOf = (text: string, env: Record<string, string> = {}): readonly ConfigProblem[] => {
  try {
    parseConfig(text, 'emoscope.yaml', env);
    return [];
  } catch (error) {
    if (error instanceof EmoscopeError) return error.details as ConfigProblem[];
    throw error;
  }
};

describe('configuration', { timeout: 240_000 }, () => {
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
    ['- 1\n', ''],
    ['just text\n', ''],
  ])('refuses %j', (text, path) => {
    expect(problemsOf(text)[0]?.path).toBe(path);
  });

  it.each(['25d', '2y', '99999999999s', `${'9'.repeat(400)}s`, '10'])(
    'refuses a stall time that no timer can wait for, or that is none: %s',
    (stallTimeout) => {
      const problems = problemsOf(`streams: [{ id: a, url: x.mp4, stallTimeout: '${stallTimeout}' }]`);
      expect(problems.map(({ path }) => path)).toEqual(['streams[0].stallTimeout']);
    },
  );

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

  it.each([
    'streams:\n',
    'server:\nstore:\n  retention:\n',
    'streams: null\ncontacts: ~\nmqtt:\n',
    '\uFEFFserver: {}\n',
  ])('takes a section without a value for one that is not there: %j', (text) => {
    expect(parseConfig(text, 'f', {})).toEqual(defaultConfig({}));
  });

  it.each(['a: *b\n', '['.repeat(20_000), 'a: &a [*a, *a]\n', '? {}\n: 1\n'])(
    'names what YAML allows and nobody can mean: %#',
    (text) => {
      expect(problemsOf(text).length).toBeGreaterThan(0);
    },
  );

  it('reads UTF-8 and UTF-16 with or without their mark, and names any other encoding with its line', () => {
    const text = 'site:\n  name: Магазин\n';
    const swapped = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
    for (const bytes of [
      Buffer.from(text),
      Buffer.from(`\uFEFF${text}`),
      Buffer.from(`\uFEFF${text}`, 'utf16le'),
      swapped,
    ]) {
      expect(parseConfig(decodeConfigText(bytes, 'f'), 'f', {}).site.name).toBe('Магазин');
    }
    const windows1251 = Buffer.concat([Buffer.from('site:\n  name: '), Buffer.from([0xcc, 0xe0, 0xe3, 0x0a])]);
    expect(() => decodeConfigText(windows1251, 'f.yaml')).toThrow(/f\.yaml:2 .*UTF-8/);
    expect(() => decodeConfigText(Buffer.from(text, 'utf16le'), 'f.yaml')).toThrow(/UTF-8/);
  });

  it('leaves alone what an orchestrator sets for a service called emoscope', () => {
    const links = {
      EMOSCOPE_SERVICE_HOST: '10.0.0.1',
      EMOSCOPE_SERVICE_PORT: '8080',
      EMOSCOPE_SERVICE_PORT_HTTP: '8080',
      EMOSCOPE_PORT: 'tcp://10.0.0.1:8080',
      EMOSCOPE_PORT_8080_TCP: 'tcp://10.0.0.1:8080',
      EMOSCOPE_PORT_8080_TCP_ADDR: '10.0.0.1',
      EMOSCOPE_PORT_8080_TCP_PORT: '8080',
      EMOSCOPE_PORT_8080_TCP_PROTO: 'tcp',
      EMOSCOPE_WEB_SERVICE_HOST: '10.0.0.2',
    };
    expect(parseConfig('', 'f', links)).toEqual(defaultConfig({}));
    expect(serviceLinks(links)).toEqual(Object.keys(links));
    for (const wrong of [{ EMOSCOPE_PORT: '9000' }, { EMOSCOPE_SERVER_HOSTS: 'x' }, { EMOSCOPE_SEVER_PORT: '1' }]) {
      expect(problemsOf('', wrong)).toHaveLength(1);
    }
  });

  it('names a value of the environment that cannot be read, and a list item that cannot be', () => {
    expect(problemsOf('', { EMOSCOPE_SERVER_PORT: '[' })[0]?.path).toBe('EMOSCOPE_SERVER_PORT');
    expect(problemsOf('', { EMOSCOPE_STREAMS_4294967295_FPS: '1' })[0]?.path).toContain('4294967295');
  });

  it('has problems or a configuration for any text and any environment, and no other end', () => {
    const keys = configKeys().map((key) => envName(key).replaceAll('_N_', '_0_'));
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('null', '[', '{}', '-1', '*a', '!!js', '1e999'),
    );
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.dictionary(fc.constantFrom(...keys), value),
        (text, env) => {
          problemsOf(text, env);
        },
      ),
      seeded('configurations', 200),
    );
  });

  it.each([
    ['mqtt://u:p%zz@broker', 0],
    ['mqtt://u:p@ss/w@broker:1883', 0],
    ['wss://broker/mqtt', 0],
    ['broker:1883', 1],
    ['mqtt://', 1],
    ['http://broker', 1],
    ['mqtt://broker:99999', 1],
  ])('the broker %s has %i problems', (url, count) => {
    expect(problemsOf(`mqtt: { url: '${url}' }`)).toHaveLength(count);
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
    const lists = { streams: [], contacts: [], places: [], factors: [], employees: [] };
    expect({ ...example, ...lists }).toEqual({ ...defaultConfig({}), ...lists });
    for (const list of Object.keys(lists)) expect(example[list as keyof typeof lists]).toHaveLength(1);
  });
});
