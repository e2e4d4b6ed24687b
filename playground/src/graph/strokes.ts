/** The lines of edges as SVG has them, from places in CSS pixels. */

export type Place = readonly [x: number, y: number];

/** Half the width of an arrowhead. */
const HALF_HEAD = 3.3;

export function headOf(base: Place, tip: Place): string {
  const [x, y] = [tip[0] - base[0], tip[1] - base[1]];
  const length = Math.hypot(x, y) || 1;
  const [acrossX, acrossY] = [(-y / length) * HALF_HEAD, (x / length) * HALF_HEAD];
  const one: Place = [base[0] + acrossX, base[1] + acrossY];
  const other: Place = [base[0] - acrossX, base[1] - acrossY];
  return `M${word(one)}L${word(tip)}L${word(other)}Z`;
}

export function word([x, y]: Place): string {
  return `${tenth(x)} ${tenth(y)}`;
}

export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** All places that a path names, in their order. */
export function placesOf(path: string): Place[] {
  return [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

export function shifted(path: string, x: number, y: number): string {
  return path.replace(/(-?[\d.]+) (-?[\d.]+)/g, (_, left: string, top: string) =>
    word([Number(left) + x, Number(top) + y]),
  );
}
