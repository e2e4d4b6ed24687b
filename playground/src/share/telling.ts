/**
 * A text told by another one that whoever reads it knows: what both say is named by its place there. Of a changed example
 * a link says little but what changed, and of any code little but what is its own.
 *
 * What is named stands as `MARK`, the place, and the length: digits of base 92, all of them characters that JSON need not
 * escape. All else stands as it is.
 */

/** A character that no code holds; a text that does is not told. */
const MARK = "\x7f";
const DIGITS = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at))
  .join("")
  .replace(/["\\]/g, "");
/** Lengths up to here take one digit; longer ones begin with the last digit, and take three more. */
const MOST_SHORT = DIGITS.length - 2;
const LONG_DIGITS = 3;
const MOST_LONG = DIGITS.length ** LONG_DIGITS - 1;
/** Naming a shorter piece would not be worth it. */
const SHORTEST = 4;
/** How many places where a piece begins alike are looked at, before and after the place that was named last. */
const NEIGHBOURS = 12;

/** Because the telling does not belong to this known text, or somebody wrote it by hand. */
export class BadTelling extends Error {
  override readonly name = "BadTelling";
}

/**
 * @param shortest the least number of characters that are worth naming
 * @returns null for a text that cannot be told
 */
export function told(text: string, known: string, shortest: number): string | null {
  if (text.includes(MARK)) return null;
  const places = placesOf(known, shortest);
  const width = widthFor(known.length);
  let telling = "";
  let last = 0;
  for (let at = 0; at < text.length; ) {
    const [place, length] = pieceAt(at);
    // What begins one character later may be longer.
    if (length < shortest || pieceAt(at + 1)[1] > length + 1) {
      telling += text[at];
      at += 1;
      continue;
    }
    telling += MARK + digits(place, width) + lengthDigits(length);
    last = place + length;
    at += length;
  }
  return isWellFormed(telling) ? telling : null;

  function pieceAt(at: number): [place: number, length: number] {
    return longest(text, at, known, near(places.get(text.slice(at, at + shortest)), last));
  }
}

/**
 * @param most how long the text may be
 * @throws BadTelling
 */
export function retold(telling: string, known: string, most: number): string {
  const width = widthFor(known.length);
  const [first = "", ...pieces] = telling.split(MARK);
  let text = first;
  for (const piece of pieces) {
    const place = numberOf(piece.slice(0, width));
    const isShort = piece[width] !== DIGITS.at(-1);
    const own = width + (isShort ? 1 : 1 + LONG_DIGITS);
    const length = isShort ? numberOf(piece.slice(width, own)) + SHORTEST : numberOf(piece.slice(width + 1, own));
    if (piece.length < own || place + length > known.length) throw new BadTelling("It names what is not there.");
    text += known.slice(place, place + length) + piece.slice(own);
    if (text.length > most) throw new BadTelling("It unfolds to more than a page of code can be.");
  }
  return text;
}

/** Where pieces of a length begin, in order. */
function placesOf(known: string, length: number): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (let at = 0; at + length <= known.length; at += 1) {
    const piece = known.slice(at, at + length);
    const list = places.get(piece);
    if (list === undefined) places.set(piece, [at]);
    else list.push(at);
  }
  return places;
}

/** Those nearest to a place: what follows there is most likely what follows here. */
function near(places: readonly number[] = [], place: number): readonly number[] {
  if (places.length <= 2 * NEIGHBOURS) return places;
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return places.slice(Math.max(0, low - NEIGHBOURS), low + NEIGHBOURS);
}

function longest(text: string, at: number, known: string, places: readonly number[]): [place: number, length: number] {
  let best: [number, number] = [0, 0];
  for (const place of places) {
    const most = Math.min(text.length - at, known.length - place, MOST_LONG);
    let length = 0;
    while (length < most && text[at + length] === known[place + length]) length += 1;
    if (length > best[1]) best = [place, length];
  }
  return best[1] >= SHORTEST ? best : [0, 0];
}

function widthFor(length: number): number {
  let width = 1;
  while (DIGITS.length ** width < length) width += 1;
  return width;
}

function lengthDigits(length: number): string {
  const short = length - SHORTEST;
  return short <= MOST_SHORT ? digits(short, 1) : DIGITS.at(-1) + digits(length, LONG_DIGITS);
}

function digits(number: number, width: number): string {
  let text = "";
  for (let left = number; text.length < width; left = Math.floor(left / DIGITS.length)) {
    text = DIGITS[left % DIGITS.length] + text;
  }
  return text;
}

function numberOf(text: string): number {
  let number = 0;
  for (const digit of text) {
    const value = DIGITS.indexOf(digit);
    if (value < 0) throw new BadTelling("It names a place that is none.");
    number = number * DIGITS.length + value;
  }
  return number;
}

/** Half of a character that takes two code units would not survive the way through UTF-8. */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
