/** A length on paper in points, the unit of a PDF: 72 to the inch. */
export function points(millimetres: number): number {
  return (millimetres * 72) / 25.4;
}

/** A4, in points. */
export const PAGE = { width: points(210), height: points(297) } as const;

/** Where the text of a letter stands, from the top and the left edge: what is below `bottom` belongs to the foot of the page. */
export const BODY = { left: points(20), right: points(190), top: points(20), bottom: points(297 - 20) } as const;

/** Where the window of an envelope shows the recipient, and where the text below it may begin. */
export interface AddressWindow {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly textTop: number;
}

/**
 * The window of the DL envelope used in France: on the right, x 110 mm, y 45 to 80 mm.
 *
 * @see AFNOR NF Z 11-001
 */
const FRENCH_WINDOW = {
  left: points(110),
  top: points(45),
  width: points(80),
  height: points(35),
  textTop: points(86),
};

/**
 * The address zone of form B: on the left, the field from x 20 mm and y 45 mm, its text 5 mm inside and below the 17.7 mm kept for remarks.
 *
 * @see DIN 5008
 */
const GERMAN_WINDOW = {
  left: points(25),
  top: points(62.7),
  width: points(80),
  height: points(27.3),
  textTop: points(91),
};

/** The window a letter to this country is folded for. */
export function addressWindow(country: string): AddressWindow {
  return country === 'DE' || country === 'AT' ? GERMAN_WINDOW : FRENCH_WINDOW;
}
