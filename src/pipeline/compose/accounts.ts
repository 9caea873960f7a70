import { Accounts } from '../../api/auth/accounts.js';
import type { Config } from '../../config/schema.js';

/** The accounts and keys of a configuration, as the service reads them. */
export const openAccounts = ({ server }: Config): Promise<Accounts> => Accounts.open(server.accounts);
