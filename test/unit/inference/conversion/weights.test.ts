import { describe, expect, test } from 'vitest';
import { convertModel } from '../../../../src/inference/conversion/convert.js';
import { InferenceSession, Tensor } from '../../../../src/inference/models/onnx-runtime.js';
import { decodeWeights, float16ToNumber } from '../../../../src/inference/conversion/decode-weights.js';
import { greyInput } from '../../../../src/inference/conversion/grey-input.js';
import { keepOutputs } from '../../../../src/inference/conversion/keep-outputs.js';
import { depthwiseWeights, transpose } from '../../../../src/inference/conversion/layout.js';
import { OnnxGraph } from '../../../../src/inference/conversion/onnx-graph.js';

describe('decodeWeights', () => {
  test.each([
    [0x0000, 0],
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x0001, 2 ** -24],
    [0x7c00, Infinity],
  ])('binary16 %i is %d', (bits, value) => expect(float16ToNumber(bits)).toBe(value));

  test('reads every stored type in manifest order', () => {
    const packed = Buffer.alloc(4 + 2 + 2 + 2 + 4);
    packed.writeFloatLE(1.5, 0);
    packed.writeUInt16LE(0x3c00, 4);
    packed.writeUInt8(2, 6);
    packed.writeUInt8(255, 7);
    packed.writeUInt16LE(300, 8);
    packed.writeInt32LE(-7, 10);
    const tensors = decodeWeights(
      [
        { name: 'f32', shape: [1], dtype: 'float32' },
        { name: 'f16', shape: [], dtype: 'float32', quantization: { dtype: 'float16' } },
        { name: 'u8', shape: [2], dtype: 'float32', quantization: { dtype: 'uint8', scale: 0.5, min: -1 } },
        { name: 'u16', shape: [1], dtype: 'float32', quantization: { dtype: 'uint16', scale: 0.01, min: 0 } },
        { name: 'i32', shape: [1], dtype: 'int32' },
      ],
      packed,
    );
    expect([...tensors.values()].map(({ data }) => [...data].map((v) => Math.round(v * 100) / 100))).toEqual([
      [1.5],
      [1],
      [0, 126.5],
      [3],
      [-7],
    ]);
  });

  test('a truncated or longer file is refused', () => {
    const entry = { name: 'w', shape: [3], dtype: 'float32' };
    expect(() => decodeWeights([entry], Buffer.alloc(11))).toThrow(/end in the middle of w/);
    expect(() => decodeWeights([entry], Buffer.alloc(13))).toThrow(/1 bytes follow/);
    expect(() => decodeWeights([{ ...entry, dtype: 'complex64' }], Buffer.alloc(12))).toThrow(/unknown type/);
  });
});

test('transpose moves axes and depthwise weights become one filter per group', () => {
  const tensor = { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
  expect(transpose(tensor, [1, 0])).toEqual({ shape: [3, 2], data: Float32Array.of(1, 4, 2, 5, 3, 6) });
  const hwcm = { shape: [1, 2, 2, 1], data: Float32Array.of(1, 2, 3, 4) };
  expect(depthwiseWeights(hwcm)).toEqual({ shape: [2, 1, 1, 2], data: Float32Array.of(1, 3, 2, 4) });
});

test('a graph that is not understood is a named error', async () => {
  const graph = {
    modelTopology: { node: [{ name: 'Identity', op: 'FFT', input: [] }] },
    weightsManifest: [{ weights: [] }],
  };
  expect(() => convertModel('blazeface', [Buffer.from(JSON.stringify(graph)), Buffer.alloc(0)])).toThrow(/FFT/);
  expect(() => convertModel('blazeface', [Buffer.from('not json'), Buffer.alloc(0)])).toThrow(/could not be converted/);
  expect(() => convertModel('nobody', [Buffer.alloc(0), Buffer.alloc(0)])).toThrow(/no conversion/);
  await Promise.resolve();
});

describe('keepOutputs', () => {
  const doubled = () => {
    const graph = new OnnxGraph('two');
    const input = graph.input('input', ['batch', 1]);
    const twice = graph.node('Mul', [input, graph.floats(Float32Array.of(2), [1])]);
    graph.output('twice', twice, ['batch', 1]);
    graph.output('fourfold', graph.node('Mul', [twice, graph.floats(Float32Array.of(2), [1])]), ['batch', 1]);
    return graph.encode();
  };
  const run = async (bytes: Uint8Array) => {
    const session = await InferenceSession.create(bytes);
    const answer = await session.run({ input: new Tensor('float32', Float32Array.of(3), [1, 1]) });
    return Object.entries(answer).map(([name, { data }]) => [name, data[0]]);
  };

  test('leaves out what the kept outputs do not need, and gives the same', async () => {
    const whole = doubled();
    const part = keepOutputs(whole, ['twice']);
    expect(part.length).toBeLessThan(whole.length);
    expect(await run(part)).toEqual([['twice', 6]]);
    expect(await run(keepOutputs(whole, ['twice', 'fourfold']))).toEqual(await run(whole));
  });

  test('names an output that is not there', () =>
    expect(() => keepOutputs(doubled(), ['thrice'])).toThrow('The network has no output thrice.'));
});

describe('greyInput', () => {
  const colour = (inputOf: (graph: OnnxGraph, input: string) => string) => {
    const graph = new OnnxGraph('colour');
    const input = graph.input('input', ['batch', 3, 4, 4]);
    graph.output('answer', inputOf(graph, input), ['batch', 2, 2, 2]);
    return graph.encode();
  };
  const weights = Float32Array.from({ length: 2 * 3 * 9 }, (_, i) => Math.sin(i));
  const convolved = colour((graph, input) =>
    graph.node('Conv', [input, graph.floats(weights, [2, 3, 3, 3])], { kernel_shape: [3, 3] }),
  );
  const run = async (bytes: Uint8Array, data: Float32Array, shape: number[]) => {
    const session = await InferenceSession.create(bytes);
    const { answer } = await session.run({ input: new Tensor('float32', data, shape) });
    return [...(answer?.data as Float32Array)];
  };

  test('answers one plane as three equal ones', async () => {
    const plane = Float32Array.from({ length: 32 }, (_, i) => Math.cos(i));
    const threefold = Float32Array.from({ length: 96 }, (_, i) => plane[16 * Math.floor(i / 48) + (i % 16)] ?? 0);
    const grey = await run(greyInput(convolved), plane, [2, 1, 4, 4]);
    const whole = await run(convolved, threefold, [2, 3, 4, 4]);
    expect(grey).toHaveLength(16);
    grey.forEach((value, i) => expect(value).toBeCloseTo(whole[i] ?? Number.NaN, 5));
  });

  test('refuses a network that reads its picture in other ways', () =>
    expect(() => greyInput(colour((graph, input) => graph.node('Relu', [input])))).toThrow('cannot be made one'));
});
