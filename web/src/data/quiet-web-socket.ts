import { WebSocket as WebSocketTransport } from 'socket.io-client';

/**
 * The WebSocket transport for a server that may end a connection at any time: the browser writes an error to its
 * console for every message to a connection that is closing, and such a message reaches nobody.
 */
export class QuietWebSocket extends WebSocketTransport {
  override doWrite(...[packet, data]: Parameters<WebSocketTransport['doWrite']>): void {
    const { readyState } = this.ws as WebSocket;
    if (readyState === WebSocket.OPEN) super.doWrite(packet, data);
  }
}
