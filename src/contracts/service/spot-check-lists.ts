/** How long a check may be, minutes, and how long it is unless told. */
export const CHECK_MINUTES = { least: 1, usual: 5, most: 15 } as const;

/** What a visitor is taken for by who counts. */
export const TAPPED_SEXES = ['men', 'women', 'unsure'] as const;
export type TappedSex = (typeof TAPPED_SEXES)[number];
