export const GENDERS = ['male', 'female', 'undetermined'] as const;
export type Gender = (typeof GENDERS)[number];
