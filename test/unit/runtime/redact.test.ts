import fc from 'fast-check';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../../../src/runtime/logger.js';
import { redact } from '../../../src/runtime/redact.js';

describe('redact', () => {
  it.each([
    ['rtsp://user:pa55@cam/1', 'rtsp://***@cam/1'],
    ['rtsp://user:p@ss@cam/1?x=1', 'rtsp://***@cam/1?x=***'],
    ['rtsp://tokenonly@cam/', 'rtsp://***@cam/'],
    ['http://cam/s?user=admin&password=geheim&ch=1', 'http://cam/s?user=***&password=***&ch=1'],
    ['Authorization: Digest username="u", response="abc"', 'Authorization: ***'],
    ['http://cam/path@2x.jpg', 'http://cam/path@2x.jpg'],
  ])('%s', (text, safe) => {
    expect(redact(text)).toBe(safe);
  });

  it('never lets a password of a URL through, wherever the URL stands', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9!$*+,.=_~@:-]{6,20}$/).map((text) => `Zq${text}9`);
    fc.assert(
      fc.property(secret, fc.string(), (password, around) => {
        expect(redact(`${around} rtsp://admin:${password}@10.0.0.1:554/x ${around}`)).not.toContain(`:${password}@`);
      }),
    );
  });
});

describe('logger', () => {
  it('redacts messages, bindings, values and errors', () => {
    let out = '';
    const destination = new Writable({
      write(chunk: Buffer, _encoding, done) {
        out += chunk.toString();
        done();
      },
    });
    const logger = createLogger({ level: 'info', pretty: false, destination });
    const url = 'rtsp://admin:hunter2@cam/1';
    logger.child({ url }).info({ nested: { url }, err: new Error(`cannot open ${url}`) }, `opening ${url}`);
    expect(out).toContain('rtsp://***@cam/1');
    expect(out).not.toContain('hunter2');
    expect(JSON.parse(out)).toMatchObject({ level: 'info', err: { message: 'cannot open rtsp://***@cam/1' } });
  });
});
