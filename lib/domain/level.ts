import * as z from 'zod/mini';

/** The rungs of the ladder, gentlest first. The order is the firmness. */
export const LEVELS = ['preventive', 'level1', 'level2', 'level3', 'litigation'] as const;

/** Parses a level by its name. */
export const LevelSchema = z.enum(LEVELS);

/** One rung of the ladder; see {@link LEVELS}. */
export type Level = (typeof LEVELS)[number];

/** Whether the first level is firmer than the second. */
export function isFirmer(one: Level, other: Level): boolean {
  return LEVELS.indexOf(one) > LEVELS.indexOf(other);
}

/** The firmer of two levels. */
export function firmer(one: Level, other: Level): Level {
  return LEVELS.indexOf(one) >= LEVELS.indexOf(other) ? one : other;
}
