import type { KeptEngine } from '../../maintenance.js';
import type { Database } from '../file/database.js';
import { dropStrays, expire, newestSampleTs, recordedDays } from './retention.js';
import { compactRollups, rollUp } from './rollup.js';
import type { Writer } from '../writer.js';

/** The open database and its writer, which change when it had to be opened anew. */
export interface OpenTables {
  database(): Database;
  writer(): Writer;
}

/** What upkeep asks of the tables, on the writing connection. */
export const keptTables = ({ database, writer }: OpenTables): KeptEngine => {
  const connection = () => database().writer;
  return {
    recordedDays: () => recordedDays(connection()),
    newestSampleTs: () => newestSampleTs(connection()),
    rollUp: () => rollUp(connection(), writer().lastSeq),
    compactRollups: (fromTs, toTs) => compactRollups(connection(), fromTs, toTs),
    expire: (expiry) => expire(connection(), expiry),
    dropStrays: async (fromTs) => {
      const rows = await dropStrays(connection(), fromTs);
      await writer().given.readAgain(connection());
      return rows;
    },
  };
};
