/** No picture that is handed on is higher than this many times its greatest width; a telephone held upright needs 2. */
export const MAX_HEIGHT = 2;
