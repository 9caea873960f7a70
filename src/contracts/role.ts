/** What the faces of a stream or zone are to the shop. */
export const ROLES = ['customer', 'seller', 'entrance', 'exit', 'display'] as const;
export type Role = (typeof ROLES)[number];
