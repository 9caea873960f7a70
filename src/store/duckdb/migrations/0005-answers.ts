/**
 * The Happy-Index as an answer. What was judged before keeps its verdict as the literal reading, which that rule was, and
 * waits as `former` to be judged again from its curves; without curves it stays so and is left out of the index. The column
 * changes its name and not its type, since DuckDB cannot replay a change of type from its log after a crash.
 */
export const answers = `
CREATE TYPE contact_verdict AS ENUM ('happy', 'unhappy', 'indifferent', 'already');
CREATE TYPE contact_rule AS ENUM ('answer', 'former');
ALTER TABLE contacts ADD COLUMN rule contact_rule DEFAULT 'former';
ALTER TABLE contacts ADD COLUMN answer_by_chance DOUBLE;
ALTER TABLE contacts RENAME COLUMN verdict TO peak_verdict;
ALTER TABLE contacts ADD COLUMN verdict contact_verdict;
UPDATE contacts SET qualified = false, latency_ms = NULL, rise_over_baseline = NULL, lag_r = NULL, lag_ms = NULL,
  lag_p = NULL;
`;
