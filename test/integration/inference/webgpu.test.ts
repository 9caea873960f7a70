import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { relativeError } from './reference.js';

const SOFTWARE_DRIVER = '/usr/lib/chromium/vk_swiftshader_icd.json';
const driver = process.env['VK_ICD_FILENAMES'] ?? (existsSync(SOFTWARE_DRIVER) ? SOFTWARE_DRIVER : null);

test.skipIf(driver === null)(
  'the WebGPU provider gives what the CPU gives (any Vulkan driver, SwiftShader where there is no GPU)',
  async () => {
    const script = fileURLToPath(new URL('./webgpu-run.ts', import.meta.url));
    const env = { ...process.env, VK_ICD_FILENAMES: driver ?? '', XDG_RUNTIME_DIR: '/tmp' };
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script], { env });
    const { webgpu, cpu } = JSON.parse(stdout) as { webgpu: number[]; cpu: number[] };
    expect(webgpu).toHaveLength(2 * (7 + 256));
    expect(relativeError(webgpu.slice(0, 14), cpu.slice(0, 14))).toBeLessThan(1e-4);
    expect(relativeError(webgpu.slice(14), cpu.slice(14))).toBeLessThan(1e-4);
  },
  240_000,
);
