import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Accounts } from '../../../src/api/auth/accounts.js';
import { ReportRenderer } from '../../../src/reporting/rendering/report-renderer.js';
import { dealtAnew, FIRST_DAY, makeShop, storeOf, type Shop } from '../../fixtures/guarded-shop.js';
import { runCli } from '../../fixtures/run-cli.js';
import { printedSeed } from '../../fixtures/seeded.js';
import { SHOP_CONFIG, shopService } from '../../fixtures/shop-service.js';
import { seeded } from '../../fixtures/store-rows.js';

const HOUR = 3_600_000;
/** Times of asking, the last digits of sums, whose order of parts differs, and the version. */
const plain = (json: unknown): unknown =>
  JSON.parse(
    JSON.stringify(json, (key, value: unknown) =>
      key === 'generatedTs' ? undefined : typeof value === 'number' ? Number(value.toPrecision(9)) : value,
    ),
  );

it('a report on the command line beside a running service is the one of REST, and tells no more of small groups', async ({
  onTestFinished,
}) => {
  const seed = printedSeed('report beside');
  const random = seeded(seed);
  const renderer = new ReportRenderer();
  onTestFinished(() => renderer.close());
  const shop = makeShop(random);
  const first = await storeOf(shop);
  onTestFinished(() => first.store.close());

  const serve = async ({ store, path }: Awaited<ReturnType<typeof storeOf>>) => {
    const test = await shopService(store, renderer);
    onTestFinished(() => test.app.close());
    const accounts = await Accounts.open(test.config.server.accounts);
    await accounts.addUser('root', 'correct horse battery', 'admin');
    const { token } = await accounts.addKey('report', 'analyst');
    const { url, port } = await test.app.listen();
    await expect.poll(async () => (await fetch(`${url}api/v1/info`)).status, { timeout: 60_000 }).toBe(401);
    const file = join(mkdtempSync(join(tmpdir(), 'emoscope-beside-')), 'emoscope.yaml');
    const server = { port, accounts: test.config.server.accounts };
    writeFileSync(file, JSON.stringify({ ...SHOP_CONFIG, server, store: { path } }));
    return { url, token, file };
  };
  const dealt: Shop = await dealtAnew(shop, first.store, random);
  const other = await storeOf(dealt);
  onTestFinished(() => other.store.close());
  const sides = [await serve(first), await serve(other)];

  for (const kind of ['me1', 'visitors', 'questions', 'contacts'] as const) {
    const fromTs = FIRST_DAY + Math.floor(random() * 20 * 60) * 60_000;
    const toTs = fromTs + HOUR + Math.floor(random() * 26 * HOUR);
    const period = ['--from', new Date(fromTs).toISOString(), '--to', new Date(toTs).toISOString()];
    const answers = await Promise.all(
      sides.map(async ({ url, token, file }) => {
        const args = ['report', kind, '--config', file, ...period, '--format', 'json'];
        const { code, stdout, stderr } = await runCli(args, { EMOSCOPE_API_KEY: token });
        expect(code, stderr).toBe(0);
        const query = `from=${fromTs}&to=${toTs}`;
        const headers = { 'x-api-key': token };
        const rest = await fetch(`${url}api/v1/reports/${kind}?${query}`, { headers });
        expect(rest.status).toBe(200);
        const told = plain(JSON.parse(stdout));
        expect(told, `${kind} seed ${seed}`).toEqual(plain(await rest.json()));
        return told;
      }),
    );
    expect(answers[1], `${kind} seed ${seed}`).toEqual(answers[0]);
  }
  const refused = await runCli(['report', 'me1', '--config', sides[0]?.file ?? '', '--last', '7d']);
  expect(refused.code).toBe(1);
}, 400_000);
