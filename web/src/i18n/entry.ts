/** One sentence: Russian, English. */
export type Entries = Readonly<Record<string, readonly [ru: string, en: string]>>;
