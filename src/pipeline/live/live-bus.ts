import type { LiveListener } from '../../api/live/live-port.js';

/** Hands every happening to all listeners; one that throws does not keep the others from hearing. */
export class LiveBus {
  private readonly listeners = new Set<LiveListener>();

  constructor(private readonly onListenerError: (error: unknown) => void) {}

  listen(listener: LiveListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Calls one method of every listener. */
  tell<Name extends keyof LiveListener>(name: Name, ...event: Parameters<LiveListener[Name]>): void {
    for (const listener of this.listeners) {
      try {
        (listener[name] as (...args: Parameters<LiveListener[Name]>) => void)(...event);
      } catch (error) {
        this.onListenerError(error);
      }
    }
  }
}
