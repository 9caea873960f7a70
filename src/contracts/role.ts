/** What the faces of a stream or zone are to the shop. */
export const ROLES = ['customer', 'seller', 'entrance', 'exit', 'display'] as const;
export type Role = (typeof ROLES)[number];

/** Whose faces a total is about: everyone who comes, or those who work here. They are never added up. */
export const AUDIENCES = ['visitors', 'sellers'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Sellers are one audience, every other role the other. */
export const audienceOf = (role: Role): Audience => (role === 'seller' ? 'sellers' : 'visitors');
