import { useRef } from 'preact/hooks';
import type { LineShape } from '../../data/streams.js';
import { t } from '../../i18n/i18n.js';
import { number } from '../../values/format.js';
import { CanvasGround } from './canvas-ground.js';
import { clamp, cornerAt, stepOf, WIDTH, type Corner } from './zone-geometry.js';

interface Props {
  readonly line: LineShape;
  /** Address of the picture behind; null while there is none. */
  readonly picture: string | null;
  readonly ratio: number;
  readonly onChange: (line: LineShape) => void;
}

const ARROW = 90;
const ARROW_HEAD = 18;

/** The arrow from the middle of the line to its inside, which is to the right of who looks from the first point to the second. */
const arrowOf = ([[x1, y1], [x2, y2]]: LineShape, height: number) => {
  const [dx, dy] = [(x2 - x1) * WIDTH, (y2 - y1) * height];
  const length = Math.max(1, Math.hypot(dx, dy));
  const [inX, inY] = [-dy / length, dx / length];
  const from: Corner = [((x1 + x2) / 2) * WIDTH, ((y1 + y2) / 2) * height];
  const tip: Corner = [from[0] + inX * ARROW, from[1] + inY * ARROW];
  const back: Corner = [tip[0] - inX * ARROW_HEAD, tip[1] - inY * ARROW_HEAD];
  const wings = [1, -1].map(
    (side) => `${String(back[0] - inY * ARROW_HEAD * side)},${String(back[1] + inX * ARROW_HEAD * side)}`,
  );
  return { from, tip, head: [`${String(tip[0])},${String(tip[1])}`, ...wings].join(' ') };
};

/** The counter's line over a frame: its ends are dragged with the mouse or moved with the arrow keys. */
export const LineCanvas = ({ line, picture, ratio, onChange }: Props) => {
  const svg = useRef<SVGSVGElement>(null);
  const grabbed = useRef<0 | 1 | null>(null);
  const height = WIDTH / ratio;
  const { from, tip, head } = arrowOf(line, height);
  const put = (end: 0 | 1, [x, y]: Corner): void => {
    const point: Corner = [clamp(x), clamp(y)];
    onChange(end === 0 ? [point, line[1]] : [line[0], point]);
  };
  return (
    <svg
      ref={svg}
      class="zone-canvas"
      viewBox={`0 0 ${String(WIDTH)} ${String(height)}`}
      role="group"
      aria-label={t('line.canvas')}
      onPointerMove={(event) => {
        if (grabbed.current !== null) put(grabbed.current, cornerAt(svg.current, event));
      }}
      onPointerUp={() => {
        grabbed.current = null;
      }}
    >
      <CanvasGround picture={picture} height={height} />
      <g class="door-line" aria-hidden="true" data-door-line>
        <line x1={line[0][0] * WIDTH} y1={line[0][1] * height} x2={line[1][0] * WIDTH} y2={line[1][1] * height} />
        <line x1={from[0]} y1={from[1]} x2={tip[0]} y2={tip[1]} />
        <polygon points={head} data-arrow />
        <text x={tip[0] + 14} y={tip[1] + 10}>
          {t('line.in')}
        </text>
      </g>
      {([0, 1] as const).map((end) => (
        <circle
          key={end}
          class="zone-corner"
          cx={line[end][0] * WIDTH}
          cy={line[end][1] * height}
          r="13"
          role="button"
          tabindex={0}
          aria-label={t('line.end', { n: end + 1, x: number(line[end][0] * 100), y: number(line[end][1] * 100) })}
          data-line-end={end}
          onPointerDown={(event) => {
            event.preventDefault();
            event.currentTarget.focus();
            grabbed.current = end;
            svg.current?.setPointerCapture(event.pointerId);
          }}
          onKeyDown={(event) => {
            const step = stepOf(event);
            if (step === null) return;
            event.preventDefault();
            put(end, [line[end][0] + step[0], line[end][1] + step[1]]);
          }}
        />
      ))}
    </svg>
  );
};
