import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import { packageFolder } from '../src/runtime/package-folder.js';
import { machineLine } from './machine-line.js';

const versionOf = (name: string): string => {
  const { version } = JSON.parse(readFileSync(path.join(packageFolder(name), 'package.json'), 'utf8')) as {
    version: string;
  };
  return `${name} ${version}`;
};

/** What a benchmark ran on: commit, hardware, versions, load before the start. */
export const describeMachine = (): string => {
  const [load = 0] = loadavg();
  return [
    `${machineLine()}, load ${load.toFixed(1)}`,
    ['onnxruntime-node', '@vladmandic/human', '@vladmandic/face-api', '@tensorflow/tfjs'].map(versionOf).join(', '),
  ].join('\n');
};
