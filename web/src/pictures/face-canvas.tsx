import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { FacesEvent, LiveFace } from '../../../src/contracts/events.js';
import { dominant } from '../values/emotions.js';
import { number } from '../values/format.js';
import type { LiveFeed } from '../data/live-feed.js';
import { language, t } from '../i18n/i18n.js';
import { colour, theme } from '../theme.js';

/** Boxes older than this are cleared: the face has gone or the stream has stopped. */
const STALE_MS = 2500;

/** Views narrower than this have no room for captions. */
const NARROW_PX = 240;

interface Props {
  readonly feed: LiveFeed;
  readonly streamId: string;
  /** Capture time of the frame on show, whose faces are drawn; null: a view without a picture, the newest faces, each drawn. */
  readonly shownTs: ReadonlySignal<number | null> | null;
}

const genderText = (face: LiveFace): string =>
  face.gender === null ? '' : face.gender >= 0.5 ? t('gender.male') : t('gender.female');

const linesOf = (face: LiveFace): readonly string[] => {
  const { emotion, percent } = dominant(face.emotions);
  const about = [genderText(face), face.age === null ? '' : number(face.age)].filter((part) => part !== '').join(' ');
  const first = `${t(`emotion.${emotion}`)} ${number(percent)}`;
  return [first, about, face.talking === true ? t('face.talking') : ''].filter((line) => line !== '');
};

/** Eyes, and a mouth that bends with what the face visibly shows. */
const drawSchematicFace = (
  ctx: CanvasRenderingContext2D,
  face: LiveFace,
  x: number,
  y: number,
  w: number,
  h: number,
) => {
  const { happiness, surprise, anger, disgust, fear, sadness } = face.emotions;
  const bend = (happiness - Math.max(anger + disgust, sadness, fear)) / 100;
  const open = surprise / 100;
  const lean = (face.pose.yaw / 90) * w * 0.35;
  const rise = (-face.pose.pitch / 90) * h * 0.35;
  ctx.save();
  ctx.translate(x + w / 2, y + h / 2);
  ctx.rotate((face.pose.roll * Math.PI) / 180);
  ctx.lineWidth = Math.max(1.5, w * 0.035);
  ctx.lineCap = 'round';
  ctx.beginPath();
  ctx.ellipse(0, 0, w * 0.46, h * 0.48, 0, 0, Math.PI * 2);
  ctx.globalAlpha = 0.16;
  ctx.fill();
  ctx.globalAlpha = 1;
  ctx.stroke();
  for (const side of [-1, 1]) {
    ctx.beginPath();
    ctx.ellipse(side * w * 0.17 + lean, -h * 0.1 + rise, w * 0.035, h * (0.035 + open * 0.03), 0, 0, Math.PI * 2);
    ctx.fill();
    const brow = -h * 0.2 - open * h * 0.05 + rise;
    const tilt = (anger / 100) * h * 0.06;
    ctx.beginPath();
    ctx.moveTo(side * w * 0.25 + lean, brow - tilt);
    ctx.lineTo(side * w * 0.1 + lean, brow + tilt);
    ctx.stroke();
  }
  const mouthY = h * 0.2 + rise;
  ctx.beginPath();
  ctx.moveTo(-w * 0.17 + lean, mouthY - bend * h * 0.04);
  ctx.quadraticCurveTo(lean, mouthY + bend * h * 0.18, w * 0.17 + lean, mouthY - bend * h * 0.04);
  if (open > 0.3) ctx.ellipse(lean, mouthY, w * 0.06, h * 0.07 * open, 0, 0, Math.PI * 2);
  ctx.stroke();
  ctx.restore();
};

const drawFace = (ctx: CanvasRenderingContext2D, face: LiveFace, width: number, height: number, drawn: boolean) => {
  const x = face.box.x * width;
  const y = face.box.y * height;
  const w = face.box.width * width;
  const h = face.box.height * height;
  const tint = colour(`view-${dominant(face.emotions).emotion}`);
  ctx.strokeStyle = tint;
  ctx.fillStyle = tint;
  if (drawn) drawSchematicFace(ctx, face, x, y, w, h);
  ctx.lineWidth = 2.5;
  ctx.setLineDash(face.attention ? [] : [6, 4]);
  ctx.strokeRect(x, y, w, h);
  ctx.setLineDash([]);
  if (width < NARROW_PX) return;
  drawCaption(ctx, linesOf(face), { x, y, bottom: y + h, width, height, tint });
};

interface Place {
  readonly x: number;
  readonly y: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
  readonly tint: string;
}

/** Above the box, or below it where there is no room; never outside the view. */
const drawCaption = (ctx: CanvasRenderingContext2D, lines: readonly string[], place: Place): void => {
  const size = Math.round(Math.min(20, Math.max(11, place.width / 46)));
  ctx.font = `600 ${size}px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;
  const boxWidth = Math.max(...lines.map((line) => ctx.measureText(line).width)) + 11;
  const boxHeight = lines.length * (size + 3) + 4;
  const left = Math.min(Math.max(0, place.x), Math.max(0, place.width - boxWidth));
  const above = place.y - boxHeight - 1;
  const top = above >= 0 ? above : Math.min(place.bottom, place.height - boxHeight);
  ctx.fillStyle = 'rgba(11, 16, 21, 0.86)';
  ctx.fillRect(left, top, boxWidth, boxHeight);
  ctx.fillStyle = place.tint;
  ctx.fillRect(left, top, 3, boxHeight);
  ctx.fillStyle = '#ffffff';
  ctx.textBaseline = 'middle';
  lines.forEach((line, index) => ctx.fillText(line, left + 7, top + 3 + (index + 0.5) * (size + 3)));
};

/** Boxes, visible expression, age and gender over a view; repainted once per screen frame at most. */
export const FaceCanvas = ({ feed, streamId, shownTs }: Props) => {
  const ref = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const canvas = ref.current;
    const ctx = canvas?.getContext('2d') ?? null;
    if (canvas === null || ctx === null) return;
    let pending = 0;
    let staleTimer = 0;
    const paint = (): void => {
      pending = 0;
      const scale = devicePixelRatio;
      const width = canvas.clientWidth;
      const height = canvas.clientHeight;
      if (canvas.width !== Math.round(width * scale)) canvas.width = Math.round(width * scale);
      if (canvas.height !== Math.round(height * scale)) canvas.height = Math.round(height * scale);
      ctx.setTransform(scale, 0, 0, scale, 0, 0);
      ctx.clearRect(0, 0, width, height);
      const event = shownTs === null ? feed.latestFaces.get(streamId) : feed.facesAt(streamId, shownTs.value);
      canvas.dataset['ts'] = String(event?.ts ?? '');
      for (const face of event?.faces ?? []) drawFace(ctx, face, width, height, shownTs === null);
    };
    const request = (): void => {
      if (pending === 0) pending = requestAnimationFrame(paint);
    };
    const take = (_event: FacesEvent): void => {
      clearTimeout(staleTimer);
      staleTimer = window.setTimeout(() => {
        feed.forgetFaces(streamId);
        request();
      }, STALE_MS);
      request();
    };
    const off = feed.onFaces(streamId, take);
    const offShown = shownTs?.subscribe(request);
    const observer = new ResizeObserver(request);
    observer.observe(canvas);
    request();
    return () => {
      off();
      offShown?.();
      observer.disconnect();
      clearTimeout(staleTimer);
      cancelAnimationFrame(pending);
    };
  }, [feed, streamId, shownTs, theme.value, language.value]);

  return <canvas ref={ref} aria-hidden="true" data-faces={streamId} />;
};
