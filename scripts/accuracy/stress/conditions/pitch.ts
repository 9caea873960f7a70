import { type Condition, type MeshedFace, OVAL, pointsOf } from './face.js';

/** Cells of the map of depths along each side. */
const CELLS = 40;
/** The rim of the head beyond the face's, and how deep it lies, in widths of half a face. */
const RIM = 1.45;
const RIM_DEPTH = 1.1;

interface Depths {
  readonly columns: number;
  readonly values: Float32Array;
}

/** How deep the head lies at places of the picture: the mesh, and a rim around it that falls back to the ears and the crown. */
const depthsOf = (face: MeshedFace, x: number, y: number): Depths => {
  const { mesh, picture } = face;
  const outline = pointsOf(face, OVAL);
  const half = (Math.max(...outline.map(([px]) => px)) - Math.min(...outline.map(([px]) => px))) / 2;
  const known = Array.from({ length: 468 }, (_, i) => [mesh[3 * i], mesh[3 * i + 1], mesh[3 * i + 2]] as const);
  const rim = outline.map(([px, py]) => [x + (px - x) * RIM, y + (py - y) * RIM, RIM_DEPTH * half] as const);
  const values = new Float32Array((CELLS + 1) ** 2);
  for (let row = 0; row <= CELLS; row += 1)
    for (let column = 0; column <= CELLS; column += 1) {
      const [cx, cy] = [(column * picture.width) / CELLS, (row * picture.height) / CELLS];
      let [sum, weights] = [0, 0];
      for (const [px = 0, py = 0, pz = 0] of [...known, ...rim]) {
        const distance = (px - cx) ** 2 + (py - cy) ** 2 + 1;
        const weight = 1 / distance ** 1.5;
        sum += weight * pz;
        weights += weight;
      }
      values[row * (CELLS + 1) + column] = sum / weights;
    }
  return { columns: CELLS + 1, values };
};

const depthAt = ({ columns, values }: Depths, across: number, down: number): number => {
  const [column, row] = [Math.min(CELLS - 1, Math.floor(across)), Math.min(CELLS - 1, Math.floor(down))];
  const [right, low] = [across - column, down - row];
  const at = row * columns + column;
  const upper = (values[at] as number) * (1 - right) + (values[at + 1] as number) * right;
  const lower = (values[at + columns] as number) * (1 - right) + (values[at + columns + 1] as number) * right;
  return upper * (1 - low) + lower * low;
};

/** A head bent down by so many degrees, seen from far away: columns stay columns, what is nearer to the camera sinks. */
export const lookingDown =
  (degrees = 35): Condition =>
  (face) => {
    const { picture, mesh } = face;
    const { width, height, data } = picture;
    const angle = (degrees * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const centre = [0, 1, 2].map((axis) => mesh.reduce((sum, v, i) => (i % 3 === axis ? sum + v : sum), 0) / 468);
    const [x = 0, y = 0, z = 0] = centre;
    const depths = depthsOf(face, x, y);
    const turned = (py: number, pz: number): { row: number; depth: number } => ({
      row: y + (py - y) * cos - (pz - z) * sin,
      depth: (py - y) * sin + (pz - z) * cos,
    });
    const made = data.slice();
    const nearest = new Float32Array(height);
    for (let column = 0; column < width; column += 1) {
      nearest.fill(Number.POSITIVE_INFINITY);
      let before: { row: number; depth: number } | null = null;
      for (let source = 0; source < height; source += 1) {
        const depth = depthAt(depths, (column * CELLS) / width, (source * CELLS) / height);
        const here = turned(source, depth);
        const [from, to] =
          before === null ? [here.row, here.row] : [Math.min(before.row, here.row), Math.max(before.row, here.row)];
        for (let row = Math.max(0, Math.ceil(from)); row <= Math.min(height - 1, Math.floor(to)); row += 1) {
          if (here.depth >= (nearest[row] as number)) continue;
          nearest[row] = here.depth;
          const share = before === null || to === from ? 0 : Math.abs(here.row - row) / (to - from);
          for (let channel = 0; channel < 3; channel += 1) {
            const own = data[3 * (source * width + column) + channel] as number;
            const above = data[3 * (Math.max(0, source - 1) * width + column) + channel] as number;
            made[3 * (row * width + column) + channel] = own + share * (above - own);
          }
        }
        before = here;
      }
    }
    const moved = mesh.slice();
    for (let i = 0; i < 468; i += 1) {
      const { row, depth } = turned(mesh[3 * i + 1] as number, mesh[3 * i + 2] as number);
      moved[3 * i + 1] = row;
      moved[3 * i + 2] = z + depth;
    }
    return { ...face, picture: { ...picture, data: made }, mesh: moved };
  };
