/** A document ready to be sent. */
export interface RenderedFile {
  readonly contentType: string;
  readonly fileName: string;
  readonly body: Uint8Array;
}
