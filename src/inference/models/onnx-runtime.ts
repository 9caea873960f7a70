/** The only way to ONNX Runtime: with its telemetry switched off before it is loaded. */
import './no-telemetry.js';

export { InferenceSession, listSupportedBackends, Tensor } from 'onnxruntime-node';
