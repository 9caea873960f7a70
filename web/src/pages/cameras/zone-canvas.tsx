import { useRef, useState } from 'preact/hooks';
import type { ZoneShape } from '../../data/streams.js';
import { t } from '../../i18n/i18n.js';
import { CanvasGround } from './canvas-ground.js';
import { ZoneCorners } from './zone-corners.js';
import { cornerAt, pointsOf, shaped, WIDTH, type Corner } from './zone-geometry.js';
import { ZoneOutlines } from './zone-outlines.js';

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

/** A new outline is closed by a click this near to its first corner, shares of the picture. */
const CLOSING = 0.02;

const closes = ([first, ...more]: readonly Corner[], corner: Corner): boolean =>
  first !== undefined && more.length >= 2 && Math.hypot(first[0] - corner[0], first[1] - corner[1]) < CLOSING;

/** Zones as polygons over a frame: drawn and dragged with the mouse, or moved with the arrow keys. */
export const ZoneCanvas = ({ zones, selected, drawing, picture, ratio, onSelect, onChange, onDrawn }: Props) => {
  const svg = useRef<SVGSVGElement>(null);
  const grabbed = useRef<number | null>(null);
  const [outline, setOutline] = useState<readonly Corner[]>([]);
  const [cursor, setCursor] = useState<Corner | null>(null);
  const height = WIDTH / ratio;
  const active = zones.find((zone) => zone.id === selected);

  const finish = (corners: readonly Corner[]): void => {
    setOutline([]);
    setCursor(null);
    onDrawn(corners.length >= 3 ? corners : null);
  };
  const addCorner = (corner: Corner): void => {
    if (closes(outline, corner)) finish(outline);
    else setOutline([...outline, corner]);
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (grabbed.current !== null && active !== undefined)
      onChange(active.id, shaped.moveCorner(active.polygon, grabbed.current, cornerAt(svg.current, event)));
    else if (drawing) setCursor(cornerAt(svg.current, event));
  };

  return (
    <svg
      ref={svg}
      class={`zone-canvas${drawing ? ' drawing' : ''}`}
      viewBox={`0 0 ${String(WIDTH)} ${String(height)}`}
      role="group"
      aria-label={t('zones.canvas')}
      tabindex={drawing ? 0 : -1}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        grabbed.current = null;
      }}
      onClick={(event) => {
        if (drawing && event.detail <= 1) addCorner(cornerAt(svg.current, event));
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
      <CanvasGround picture={picture} height={height} />
      <ZoneOutlines {...{ zones, selected, drawing, height, onSelect, onChange }} />
      {!drawing && active !== undefined && (
        <ZoneCorners
          zone={active}
          height={height}
          onChange={(polygon) => onChange(active.id, polygon)}
          onGrab={(index, pointerId) => {
            grabbed.current = index;
            svg.current?.setPointerCapture(pointerId);
          }}
        />
      )}
      {drawing && outline.length > 0 && (
        <polyline class="zone-outline" points={pointsOf(cursor === null ? outline : [...outline, cursor], height)} />
      )}
    </svg>
  );
};
