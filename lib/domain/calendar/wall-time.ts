/** A wall time `HH:MM` so many minutes later; never past `23:59`. */
export function addMinutes(wallTime: string, minutes: number): string {
  const total = Math.min(minutesOf(wallTime) + minutes, 24 * 60 - 1);
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
}

/** The minutes since midnight of a wall time `HH:MM`. */
function minutesOf(wallTime: string): number {
  const [hours = 0, minutes = 0] = wallTime.split(':').map(Number);
  return hours * 60 + minutes;
}
