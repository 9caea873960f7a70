import type { FastifyReply } from 'fastify';

/** Aborts when the client goes away before the answer; a request's own signal fires as soon as its body has been read. */
export const whenClientLeaves = (reply: FastifyReply): AbortSignal => {
  const abort = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) abort.abort();
  });
  return abort.signal;
};
