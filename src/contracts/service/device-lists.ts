/** What a paired device may be. */
export const DEVICE_KINDS = ['feedback'] as const;

/** How many faces a feedback terminal shows: 2 green and red, 3 with yellow between, 4 and 5 numbered from the worst. */
export const FEEDBACK_SCALES = [2, 3, 4, 5] as const;
