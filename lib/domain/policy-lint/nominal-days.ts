import type { PolicyStep } from '../policy.ts';

type Offset = Pick<PolicyStep, 'offsetDays' | 'offsetCounts'>;

/** Days from the due date on which a step falls at the soonest, on paper: holidays not counted. */
export function soonestDay({ offsetDays, offsetCounts }: Offset): number {
  if (offsetCounts !== 'business') return offsetDays;
  return offsetDays < 0 ? -latestSpan(-offsetDays) : soonestSpan(offsetDays);
}

/** Days from the due date on which a step falls at the latest, on paper: holidays not counted. */
export function latestDay({ offsetDays, offsetCounts }: Offset): number {
  if (offsetCounts !== 'business') return offsetDays;
  return offsetDays < 0 ? -soonestSpan(-offsetDays) : latestSpan(offsetDays);
}

/** Calendar days that lie between two steps at least. */
export function daysBetween(earlier: Offset, later: Offset): number {
  const areBusiness = earlier.offsetCounts === 'business' && later.offsetCounts === 'business';
  // Both count the same open days, so that the week-ends before the earlier one are the same too.
  return areBusiness
    ? soonestDay({ offsetDays: later.offsetDays - earlier.offsetDays, offsetCounts: 'business' })
    : soonestDay(later) - latestDay(earlier);
}

/** Calendar days of so many business days counted from a Sunday. */
function soonestSpan(businessDays: number): number {
  return businessDays === 0 ? 0 : wholeWeeks(businessDays) + 1;
}

/** Calendar days of so many business days counted from a Friday. */
function latestSpan(businessDays: number): number {
  return businessDays === 0 ? 0 : wholeWeeks(businessDays) + 3;
}

function wholeWeeks(businessDays: number): number {
  const before = businessDays - 1;
  return Math.floor(before / 5) * 7 + (before % 5);
}
