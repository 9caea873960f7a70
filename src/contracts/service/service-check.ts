import { z } from 'zod';

/** Whether one part of the service may take work; `detail` is a sentence without secrets or paths. */
export const serviceCheck = z.object({ ok: z.boolean(), detail: z.string() });

export type ServiceCheck = z.infer<typeof serviceCheck>;
