import { createHash, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { hasOpenssl } from '../../fixtures/certificate.js';
import { temporaryFolder } from '../../fixtures/clips.js';
import { CertificateMaker, startHttpsCamera, type MadeCertificate } from '../../fixtures/tls-camera.js';
import { describeInChromium } from './dashboard-in-chromium.js';

const fingerprintOf = ({ cert }: MadeCertificate): string =>
  `sha256:${createHash('sha256').update(new X509Certificate(cert).raw).digest('hex')}`;

describeInChromium('the certificate of a camera on its page', 240_000, ({ withPage, open }) => {
  it.skipIf(!hasOpenssl)(
    'is shown, pinned at a click, and pinned anew when the camera has another one',
    async ({ onTestFinished }) => {
      const folder = temporaryFolder('pin');
      onTestFinished(() => folder.remove());
      const maker = new CertificateMaker(join(folder.path, 'ca'));
      const [first, second] = [maker.selfSigned('first'), maker.selfSigned('second')];
      const jpeg = await sharp({ create: { width: 160, height: 96, channels: 3, background: '#3a6' } })
        .jpeg()
        .toBuffer();
      const camera = await startHttpsCamera(first, jpeg);
      onTestFinished(() => camera.close());

      await withPage({}, async (page) => {
        const untrusted = page.locator('[data-certificate="untrusted"]');
        const test = page.getByRole('button', { name: 'Проверить' });
        const save = page.getByRole('button', { name: 'Сохранить', exact: true });
        const pin = page.getByRole('button', { name: 'Доверять этому сертификату' });
        const field = page.getByLabel('Сертификат (https, rtsps)');

        await open(page, 'cameras/new');
        await page.getByLabel('Адрес').fill(`https://127.0.0.1:${camera.port}/video`);
        await page.getByLabel('Название', { exact: true }).fill('Витрина с TLS');
        const id = await page.getByLabel('Идентификатор').inputValue();
        expect(await field.inputValue()).toBe('verify');
        await test.click();
        await untrusted.waitFor();
        expect(await untrusted.innerText()).toContain('Подписан сам собой');
        expect(await untrusted.innerText()).toContain(fingerprintOf(first));
        expect(await save.isDisabled()).toBe(true);
        expect(camera.heard).toEqual([]);

        await pin.click();
        expect(await field.inputValue()).toBe(fingerprintOf(first));
        // What was tested is not what would be saved.
        expect(await page.locator('[data-probe]').count()).toBe(0);
        expect(await save.isDisabled()).toBe(true);
        await test.click();
        await page.locator('[data-certificate="trusted"]').waitFor();
        await save.click();
        await page.getByRole('heading', { level: 1, name: 'Витрина с TLS' }).waitFor();
        await page.locator('.page-head [data-state="online"]').waitFor();

        camera.change(second);
        await test.click();
        await untrusted.waitFor();
        expect(await untrusted.innerText()).toContain('Не тот, отпечаток которого задан');
        expect(await untrusted.innerText()).toContain(fingerprintOf(second));
        await pin.click();
        await save.click();
        await page.locator('[data-saved]').waitFor();
        await test.click();
        await page.locator('[data-certificate="trusted"]').waitFor();
        const seen = await page.evaluate(`fetch('/api/v1/streams/${id}').then((answer) => answer.json())`);
        expect(seen).toMatchObject({ config: { certificate: fingerprintOf(second) } });
      });
    },
  );
});
