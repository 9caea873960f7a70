import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import { IncomingLimits } from './incoming-limits.js';

/**
 * A client whose every connection is watched before its packets are collected: one that breaks the limits is ended, with
 * the words to `onFault`, and tried again like any other that is lost; one that sends too much is read more slowly.
 */
export const guardedClient = (options: IClientOptions, onFault: (fault: string) => void): MqttClient => {
  const client = connect({ ...options, manualConnect: true });
  const open = client.connect.bind(client);
  client.connect = () => {
    open();
    watch(client.stream, onFault);
    return client;
  };
  return client.connect();
};

const watch = (stream: MqttClient['stream'], onFault: (fault: string) => void): void => {
  const limits = new IncomingLimits();
  let waits = false;
  let ended = false;
  stream.on('data', (chunk: Uint8Array) => {
    if (ended) return;
    const { fault, waitMs } = limits.push(chunk, performance.now());
    if (fault !== null) {
      ended = true;
      onFault(fault);
      stream.destroy();
      return;
    }
    if (waitMs <= 0 || waits) return;
    waits = true;
    onFault('the broker sends more than is read');
    stream.pause();
    setTimeout(() => {
      waits = false;
      stream.resume();
    }, waitMs).unref();
  });
  // What the client has taken makes it ask for more.
  stream.on('resume', () => {
    if (waits) stream.pause();
  });
};
