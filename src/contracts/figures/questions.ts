/** The five questions of the original leaflet, in its order. */
export const QUESTION_IDS = ['sellers-smile', 'attention', 'age', 'exit-over-entrance', 'smile-back'] as const;
export type QuestionId = (typeof QUESTION_IDS)[number];
