/** Any report model as JSON: exact values, no rounding; values JSON cannot hold become null. */
export const renderJson = (model: unknown): string => `${JSON.stringify(model, null, 2)}\n`;
