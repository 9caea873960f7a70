import { EmoscopeError } from '../runtime/errors.js';

const CAUSES: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there already',
  EADDRNOTAVAIL: 'this machine does not have that address',
  EACCES: 'this user may not use that port; ports below 1024 are for administrators',
  ENOTFOUND: 'no machine has that name',
  EAI_AGAIN: 'the name cannot be looked up now',
  EAFNOSUPPORT: 'this machine does not speak that kind of address',
  EINVAL: 'it is not an address',
};

/** Listens; throws LISTEN_FAILED with the reason in one sentence. */
export const listenOn = async (
  server: { listen(options: { host: string; port: number }): Promise<unknown> },
  { host, port }: { readonly host: string; readonly port: number },
): Promise<void> => {
  try {
    await server.listen({ host, port });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const why = CAUSES[code] ?? (code === '' ? 'the address is refused' : code);
    throw new EmoscopeError('LISTEN_FAILED', `Cannot listen on ${host}, port ${port}: ${why}.`, { cause: error });
  }
};
