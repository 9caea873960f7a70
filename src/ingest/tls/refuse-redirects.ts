import { Transform } from 'node:stream';

/** The first line of a reply that is none of 1xx, 2xx or an error; judged once it is long enough. */
const REDIRECT = /\nRTSP\/(?!1\.0 [12456])[^]{5}/;
/** One character less than is judged, so that a line cut in two is looked at whole. */
const KEPT = '\nRTSP/1.0 2'.length - 1;

/** What an RTSP camera sends, up to the first reply that sends the decoder elsewhere; `isOver`: none can come any more. */
export const refuseRedirects = (isOver: () => boolean, onRedirect: () => void): Transform => {
  let kept = '\n';
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const text = kept + chunk.toString('latin1');
      if (!isOver() && REDIRECT.test(text)) {
        onRedirect();
        done(new Error('redirect'));
        return;
      }
      kept = text.slice(-KEPT);
      done(null, chunk);
    },
  });
};
