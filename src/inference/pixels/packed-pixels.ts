/** Pixels as they are read four bytes at a time: a pixel of three channels with the first byte of the next. */
export const wordsOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);
