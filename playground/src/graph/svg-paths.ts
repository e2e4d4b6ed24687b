/** SVG paths of edges, from points in CSS pixels. */

export type PathPoint = readonly [x: number, y: number];

const HALF_HEAD_WIDTH = 3.3;

export function arrowheadPath(base: PathPoint, tip: PathPoint): string {
  const [x, y] = [tip[0] - base[0], tip[1] - base[1]];
  const length = Math.hypot(x, y) || 1;
  const [acrossX, acrossY] = [(-y / length) * HALF_HEAD_WIDTH, (x / length) * HALF_HEAD_WIDTH];
  const left: PathPoint = [base[0] + acrossX, base[1] + acrossY];
  const right: PathPoint = [base[0] - acrossX, base[1] - acrossY];
  return `M${pathText(left)}L${pathText(tip)}L${pathText(right)}Z`;
}

export function pathText([x, y]: PathPoint): string {
  return `${roundToTenth(x)} ${roundToTenth(y)}`;
}

export function roundToTenth(value: number): number {
  return Math.round(value * 10) / 10;
}

export function pathPoints(path: string): PathPoint[] {
  return [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

export function translatePath(path: string, x: number, y: number): string {
  return path.replace(/(-?[\d.]+) (-?[\d.]+)/g, (_, left: string, top: string) =>
    pathText([Number(left) + x, Number(top) + y]),
  );
}
