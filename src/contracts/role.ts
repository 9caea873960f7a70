/** What the faces of a stream or zone are to the shop. */
export const ROLES = ['customer', 'seller', 'entrance', 'exit', 'display'] as const;
export type Role = (typeof ROLES)[number];

/** A camera that counts who passes a line, and looks for no faces. */
export const COUNTER_ROLE = 'counter';
/** What a stream may be: its faces', or a counter. */
export const STREAM_ROLES = [...ROLES, COUNTER_ROLE] as const;
export type StreamRole = (typeof STREAM_ROLES)[number];

/** The role of a stream's faces; null: it is a counter and has none. */
export const FACE_ROLE_OF: Readonly<Record<StreamRole, Role | null>> = {
  customer: 'customer',
  seller: 'seller',
  entrance: 'entrance',
  exit: 'exit',
  display: 'display',
  counter: null,
};

/** Whose faces a total is about: everyone who comes, or those who work here. They are never added up. */
export const AUDIENCES = ['visitors', 'sellers'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Sellers are one audience, every other role the other. */
export const AUDIENCE_OF: Readonly<Record<Role, Audience>> = {
  customer: 'visitors',
  seller: 'sellers',
  entrance: 'visitors',
  exit: 'visitors',
  display: 'visitors',
};
