import protobuf from 'protobufjs';

type Field = readonly [type: string, id: number, repeated?: 'repeated'];

const message = (fields: Readonly<Record<string, Field>>) => ({
  fields: Object.fromEntries(
    Object.entries(fields).map(([name, [type, id, rule]]) => [
      name,
      rule === undefined ? { type, id } : { type, id, rule },
    ]),
  ),
});

/** The part of the ONNX protobuf schema that a network of ours needs (field numbers: onnx/onnx.proto, IR version 8). */
export const onnxModelType = (): protobuf.Type =>
  protobuf.Root.fromJSON({
    nested: {
      Model: message({
        irVersion: ['int64', 1],
        producerName: ['string', 2],
        graph: ['Graph', 7],
        opsetImport: ['OperatorSet', 8, 'repeated'],
      }),
      OperatorSet: message({ domain: ['string', 1], version: ['int64', 2] }),
      Graph: message({
        node: ['Node', 1, 'repeated'],
        name: ['string', 2],
        initializer: ['Tensor', 5, 'repeated'],
        input: ['ValueInfo', 11, 'repeated'],
        output: ['ValueInfo', 12, 'repeated'],
      }),
      Node: message({
        input: ['string', 1, 'repeated'],
        output: ['string', 2, 'repeated'],
        name: ['string', 3],
        opType: ['string', 4],
        attribute: ['Attribute', 5, 'repeated'],
      }),
      Attribute: message({
        name: ['string', 1],
        f: ['float', 2],
        i: ['int64', 3],
        s: ['bytes', 4],
        ints: ['int64', 8, 'repeated'],
        type: ['int32', 20],
      }),
      Tensor: message({
        dims: ['int64', 1, 'repeated'],
        dataType: ['int32', 2],
        name: ['string', 8],
        rawData: ['bytes', 9],
      }),
      ValueInfo: message({ name: ['string', 1], type: ['Type', 2] }),
      Type: message({ tensorType: ['TensorType', 1] }),
      TensorType: message({ elemType: ['int32', 1], shape: ['Shape', 2] }),
      Shape: message({ dim: ['Dim', 1, 'repeated'] }),
      Dim: message({ dimValue: ['int64', 1], dimParam: ['string', 2] }),
    },
  }).lookupType('Model');

/** A network with its graph changed in place by `change`, whose parameter names the part of the graph that it sees. */
export const changeGraph = (model: Uint8Array, change: (graph: never) => void): Uint8Array => {
  const type = onnxModelType();
  const message = type.decode(model);
  change((message as unknown as { readonly graph: unknown }).graph as never);
  return type.encode(message).finish();
};
