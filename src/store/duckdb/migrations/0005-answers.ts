/**
 * The Happy-Index as an answer. What was judged before keeps its verdict as the literal reading, which that rule was, and
 * waits as `former` to be judged again from its curves; without curves it stays so and is left out of the index.
 */
export const answers = `
CREATE TYPE contact_verdict AS ENUM ('happy', 'unhappy', 'indifferent', 'already');
CREATE TYPE contact_rule AS ENUM ('answer', 'former');
ALTER TABLE contacts ADD COLUMN rule contact_rule DEFAULT 'former';
ALTER TABLE contacts ADD COLUMN answer_by_chance DOUBLE;
ALTER TABLE contacts ADD COLUMN peak_verdict verdict;
ALTER TABLE contacts ALTER COLUMN verdict TYPE contact_verdict USING verdict::VARCHAR::contact_verdict;
UPDATE contacts SET peak_verdict = verdict::VARCHAR::verdict, verdict = NULL, qualified = false, latency_ms = NULL, rise_over_baseline = NULL,
  lag_r = NULL, lag_ms = NULL, lag_p = NULL;
`;
