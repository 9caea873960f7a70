/**
 * ONNX Runtime's packages send usage events with a device id to its maker and queue them in the user's cache folder. This
 * switch is read once, when the library is loaded, from the environment of the process; a thread that sets it sets only a
 * copy, so the main thread loads the library first.
 */
// eslint-disable-next-line no-restricted-properties -- nothing is read: this is how the library is told.
process.env['ORT_DISABLE_TELEMETRY'] = '1';
