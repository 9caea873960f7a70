import { parentPort } from 'node:worker_threads';
import { codeOf } from '../../runtime/errors.js';
import type { TaskFailure, WorkerNews } from './worker-handle.js';

/** What an inference thread does once its models are warm. */
export interface TaskServer<Task, Answer> {
  /** What it throws is answered as a failure. `ms` tells the time since the task was begun. */
  answer(task: Task, ms: () => number): Promise<Answer>;
  /** Lets go of what would keep the thread alive. */
  close(): Promise<void>;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const isClose = (message: object): message is { readonly kind: 'close' } =>
  'kind' in message && message.kind === 'close';

/** The life of an inference thread, whose other end is a `WorkerHandle`: starts, then does one task after the other until it is closed. */
export const serveTasks = <Task extends object, Answer extends { readonly kind: string }>(
  start: () => Promise<TaskServer<Task, Answer>>,
): void => {
  const port = parentPort;
  if (port === null) throw new Error('This module runs as a worker thread.');
  const reply = (message: Answer | TaskFailure | WorkerNews): void => port.postMessage(message);

  const serve = async (server: TaskServer<Task, Answer>, message: Task | { readonly kind: 'close' }): Promise<void> => {
    if (isClose(message)) {
      await server.close();
      port.close();
      return;
    }
    const startedMs = performance.now();
    try {
      reply(await server.answer(message, () => performance.now() - startedMs));
    } catch (error) {
      reply({ kind: 'failed', code: codeOf(error), message: messageOf(error) });
    }
  };

  start().then(
    (server) => {
      let last = Promise.resolve();
      port.on('message', (message: Task | { readonly kind: 'close' }) => {
        last = last.then(() => serve(server, message));
      });
      reply({ kind: 'ready' });
    },
    (error: unknown) => reply({ kind: 'refused', message: messageOf(error) }),
  );
};
