import { useRef, useState } from 'preact/hooks';
import type { ZoneShape } from '../../data/streams.js';
import { number } from '../../data/format.js';
import { t } from '../../i18n/i18n.js';

type Corner = readonly [number, number];

const clamp = (value: number): number => Math.min(1, Math.max(0, Math.round(value * 1000) / 1000));

const ARROWS: Readonly<Record<string, Corner>> = {
  ArrowLeft: [-0.01, 0],
  ArrowRight: [0.01, 0],
  ArrowUp: [0, -0.01],
  ArrowDown: [0, 0.01],
};

const stepOf = (event: KeyboardEvent): Corner | null => {
  const arrow = ARROWS[event.key];
  if (arrow === undefined) return null;
  const factor = event.shiftKey ? 5 : 1;
  return [arrow[0] * factor, arrow[1] * factor];
};

interface Props {
  readonly zones: readonly ZoneShape[];
  readonly selected: string | null;
  readonly drawing: boolean;
  /** Address of the picture behind; null while there is none. */
  readonly picture: string | null;
  readonly ratio: number;
  readonly onSelect: (id: string) => void;
  readonly onChange: (id: string, polygon: readonly Corner[]) => void;
  /** A new outline is finished, or given up (null). */
  readonly onDrawn: (polygon: readonly Corner[] | null) => void;
}

const WIDTH = 1000;

/** Zones as polygons over a frame: drawn and dragged with the mouse, or moved with the arrow keys. */
export const ZoneCanvas = (props: Props) => {
  const { zones, selected, drawing, picture, ratio, onSelect, onChange, onDrawn } = props;
  const svg = useRef<SVGSVGElement>(null);
  const drag = useRef<{ readonly id: string; readonly index: number } | null>(null);
  const [outline, setOutline] = useState<readonly Corner[]>([]);
  const [cursor, setCursor] = useState<Corner | null>(null);
  const height = WIDTH / ratio;

  const cornerAt = (event: PointerEvent | MouseEvent): Corner => {
    const box = svg.current?.getBoundingClientRect();
    if (box === undefined) return [0, 0];
    return [clamp((event.clientX - box.left) / box.width), clamp((event.clientY - box.top) / box.height)];
  };
  const finish = (corners: readonly Corner[]): void => {
    setOutline([]);
    setCursor(null);
    onDrawn(corners.length >= 3 ? corners : null);
  };
  const addCorner = (corner: Corner): void => {
    const first = outline[0];
    const closes =
      first !== undefined && outline.length >= 3 && Math.hypot(first[0] - corner[0], first[1] - corner[1]) < 0.02;
    if (closes) finish(outline);
    else setOutline([...outline, corner]);
  };
  const moveCorner = (zone: ZoneShape, index: number, to: Corner): void => {
    onChange(
      zone.id,
      zone.polygon.map((corner, at) => (at === index ? [clamp(to[0]), clamp(to[1])] : corner)),
    );
  };
  const onCornerKey = (event: KeyboardEvent, zone: ZoneShape, index: number, corner: Corner): void => {
    const step = stepOf(event);
    if (step !== null) {
      event.preventDefault();
      moveCorner(zone, index, [corner[0] + step[0], corner[1] + step[1]]);
    } else if ((event.key === 'Delete' || event.key === 'Backspace') && zone.polygon.length > 3) {
      event.preventDefault();
      onChange(
        zone.id,
        zone.polygon.filter((_, at) => at !== index),
      );
    }
  };
  const onShapeKey = (event: KeyboardEvent, zone: ZoneShape): void => {
    const step = stepOf(event);
    if (step !== null) {
      event.preventDefault();
      onChange(
        zone.id,
        zone.polygon.map(([x, y]) => [clamp(x + step[0]), clamp(y + step[1])]),
      );
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onSelect(zone.id);
    }
  };
  const points = (corners: readonly Corner[]): string =>
    corners.map(([x, y]) => `${String(x * WIDTH)},${String(y * height)}`).join(' ');

  const active = zones.find((zone) => zone.id === selected);
  return (
    <svg
      ref={svg}
      class={`zone-canvas${drawing ? ' drawing' : ''}`}
      viewBox={`0 0 ${String(WIDTH)} ${String(height)}`}
      role="group"
      aria-label={t('zones.canvas')}
      tabindex={drawing ? 0 : -1}
      onPointerMove={(event) => {
        const moving = drag.current;
        if (moving !== null) {
          const zone = zones.find((candidate) => candidate.id === moving.id);
          if (zone !== undefined) moveCorner(zone, moving.index, cornerAt(event));
        } else if (drawing) setCursor(cornerAt(event));
      }}
      onPointerUp={() => {
        drag.current = null;
      }}
      onClick={(event) => {
        if (drawing && event.detail <= 1) addCorner(cornerAt(event));
      }}
      onDblClick={() => {
        if (drawing) finish(outline);
      }}
      onKeyDown={(event) => {
        if (!drawing) return;
        if (event.key === 'Escape') finish([]);
        if (event.key === 'Enter') finish(outline);
      }}
    >
      <rect width={WIDTH} height={height} class="zone-ground" />
      {picture === null ? (
        <text x={WIDTH / 2} y={60} class="zone-note">
          {t('zones.noframe')}
        </text>
      ) : (
        <image href={picture} width={WIDTH} height={height} preserveAspectRatio="none" />
      )}
      {zones.map((zone) => (
        <g key={zone.id} class={zone.id === selected ? 'zone selected' : 'zone'}>
          <polygon
            points={points(zone.polygon)}
            role="button"
            tabindex={drawing ? -1 : 0}
            aria-pressed={zone.id === selected}
            aria-label={zone.name ?? zone.id}
            data-zone={zone.id}
            onClick={() => {
              if (!drawing) onSelect(zone.id);
            }}
            onKeyDown={(event) => onShapeKey(event, zone)}
          />
          <text
            x={(zone.polygon[0]?.[0] ?? 0) * WIDTH + 12}
            y={(zone.polygon[0]?.[1] ?? 0) * height + 32}
            aria-hidden="true"
          >
            {zone.name ?? zone.id}
          </text>
        </g>
      ))}
      {!drawing &&
        active?.polygon.map(([x, y], index) => {
          const next = active.polygon[(index + 1) % active.polygon.length] ?? [x, y];
          const middle: Corner = [clamp((x + next[0]) / 2), clamp((y + next[1]) / 2)];
          const insert = (): void => {
            const polygon = [...active.polygon];
            polygon.splice(index + 1, 0, middle);
            onChange(active.id, polygon);
          };
          return (
            <g key={index}>
              <circle
                class="zone-middle"
                cx={middle[0] * WIDTH}
                cy={middle[1] * height}
                r="8"
                role="button"
                tabindex={0}
                aria-label={t('zones.midpoint', { n: index + 1 })}
                onClick={insert}
                onKeyDown={(event) => {
                  if (event.key === 'Enter' || event.key === ' ') {
                    event.preventDefault();
                    insert();
                  }
                }}
              />
              <circle
                class="zone-corner"
                cx={x * WIDTH}
                cy={y * height}
                r="13"
                role="button"
                tabindex={0}
                aria-label={t('zones.corner', { n: index + 1, x: number(x * 100), y: number(y * 100) })}
                data-corner={index}
                onPointerDown={(event) => {
                  event.preventDefault();
                  event.currentTarget.focus();
                  drag.current = { id: active.id, index };
                  svg.current?.setPointerCapture(event.pointerId);
                }}
                onKeyDown={(event) => onCornerKey(event, active, index, [x, y])}
              />
            </g>
          );
        })}
      {drawing && outline.length > 0 && (
        <polyline class="zone-outline" points={points(cursor === null ? outline : [...outline, cursor])} />
      )}
    </svg>
  );
};
