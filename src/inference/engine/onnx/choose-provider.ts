import { existsSync, readdirSync } from 'node:fs';
import type { Config } from '../../../config/schema.js';
import { listSupportedBackends } from '../../models/onnx-runtime.js';

/** What ONNX Runtime can compute on here. */
export type Provider = 'cpu' | 'webgpu' | 'cuda';

/** Whether this machine seems to have a GPU that Vulkan, Metal or Direct3D can drive; a software driver is none. */
const hasGpu = (): boolean => {
  if (process.platform !== 'linux') return true;
  if (existsSync('/dev/nvidia0')) return true;
  try {
    return readdirSync('/dev/dri').some((name) => name.startsWith('renderD'));
  } catch {
    return false;
  }
};

/** Providers to try in turn for a requested device; the last is always the CPU. */
export const providersFor = (
  device: Config['inference']['device'],
  machine: { readonly cuda: boolean; readonly gpu: boolean } = {
    cuda: listSupportedBackends().some(({ name, bundled }) => name === 'cuda' && bundled),
    gpu: hasGpu(),
  },
): readonly Provider[] => {
  if (device === 'cpu') return ['cpu'];
  if (device !== 'auto') return [device, 'cpu'];
  return [...(machine.cuda ? (['cuda'] as const) : []), ...(machine.gpu ? (['webgpu'] as const) : []), 'cpu'];
};
