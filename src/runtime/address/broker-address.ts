import { credentialsOf, readAddress } from './read-address.js';

const PROTOCOLS = { mqtt: 'mqtt', tcp: 'mqtt', mqtts: 'mqtts', ssl: 'mqtts', ws: 'ws', wss: 'wss' } as const;

/** An MQTT broker's address in parts, decoded. */
export interface BrokerAddress {
  readonly protocol: 'mqtt' | 'mqtts' | 'ws' | 'wss';
  readonly host: string;
  readonly port?: number;
  readonly path?: string;
  readonly username?: string;
  readonly password?: string;
}

/** Understands `mqtt(s)://user:password@host:port`, also ws(s), tcp and ssl; null for anything else. */
export const readBrokerAddress = (text: string): BrokerAddress | null => {
  const address = readAddress(text);
  const protocol = PROTOCOLS[(address?.scheme ?? '') as keyof typeof PROTOCOLS] as
    BrokerAddress['protocol'] | undefined;
  if (address === null || protocol === undefined || !address.valid || address.host === '') return null;
  const { user, password } = credentialsOf(address);
  return {
    protocol,
    host: address.host.replace(/^\[|\]$/g, ''),
    ...(address.port === null ? {} : { port: Number(address.port) }),
    ...(protocol.startsWith('ws') && address.tail !== '' ? { path: address.tail } : {}),
    ...(address.userInfo === null ? {} : { username: user, password }),
  };
};
