import { EmoscopeError } from '../../runtime/errors.js';

interface TfAttribute {
  readonly s?: string;
  readonly b?: boolean;
  readonly list?: { readonly i?: readonly (string | number)[]; readonly s?: readonly string[] };
  readonly shape?: { readonly dim?: readonly { readonly size: string | number }[] };
}

/** A node of a TensorFlow GraphDef in JSON form (text is base64). */
export interface TfNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, TfAttribute>>;
}

const text = (base64: string): string => Buffer.from(base64, 'base64').toString('latin1');

/** An attribute that is a list of integers; empty when absent. */
export const integerList = (node: TfNode, name: string): number[] => (node.attr?.[name]?.list?.i ?? []).map(Number);

/** By how much a convolution or pooling makes a picture smaller. */
export const strideOf = (node: TfNode): number => integerList(node, 'strides')[1] ?? 1;

/** An attribute that is a list of texts; empty when absent. */
export const textList = (node: TfNode, name: string): string[] => (node.attr?.[name]?.list?.s ?? []).map(text);

/** An attribute that is yes or no; no when absent. */
export const flag = (node: TfNode, name: string): boolean => node.attr?.[name]?.b === true;

/** The padding scheme in ONNX's words; TensorFlow's SAME puts the odd pixel at the end. */
export const padding = (node: TfNode): 'SAME_UPPER' | 'VALID' => {
  const scheme = text(node.attr?.['padding']?.s ?? '');
  if (scheme === 'SAME') return 'SAME_UPPER';
  if (scheme === 'VALID') return 'VALID';
  throw new EmoscopeError('MODEL_CONVERSION', `${node.name} has an unknown padding ${scheme}.`);
};
