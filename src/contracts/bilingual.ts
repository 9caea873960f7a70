/** A sentence for people in both languages of the product. */
export interface Bilingual {
  readonly ru: string;
  readonly en: string;
}
