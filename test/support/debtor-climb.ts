import { addCalendarDays, nextBusinessDay } from '../../lib/domain/calendar/business-day.ts';
import { dateIn, firstSendingInstant } from '../../lib/domain/calendar/sending-window.ts';
import { type CaseFile, type CustomerRecord, claimsOfCycle, effectiveProfile } from '../../lib/domain/case-file.ts';
import { withContact } from '../../lib/domain/contact-log.ts';
import type { PayerProfile } from '../../lib/domain/customer.ts';
import { ladderOf } from '../../lib/domain/ladder.ts';
import { isFirmer, type Level } from '../../lib/domain/level.ts';
import { type DebtorCalendar, debtorCalendar } from '../../lib/domain/plan/debtor-calendar.ts';
import { type PlanFacts, type PlannedStep, planNextStep } from '../../lib/domain/plan/plan-next-step.ts';
import { respondByOn } from '../../lib/domain/plan/respond-by.ts';
import type { PolicyStep } from '../../lib/domain/policy.ts';
import { chooseRecipient } from '../../lib/domain/recipient.ts';
import type { Channel, SkipReason, StepClaim } from '../../lib/domain/step-claim.ts';

/** A step of a case that took place: when, as which step of the ladder, and by which message it was served (its own, unless it joined that of a sibling). */
export interface ServedStep {
  readonly invoiceId: string;
  readonly stepId: string;
  readonly level: Level;
  readonly at: string;
  readonly on: string;
  readonly channel: Channel;
  readonly step: PolicyStep;
  readonly why: string;
  /** The date the message asked to answer by. */
  readonly respondBy: string;
  readonly isLead: boolean;
}

/** A step of a case that was passed over, and why. */
interface PassedStep {
  readonly invoiceId: string;
  readonly stepId: string;
  readonly reason: SkipReason;
}

/** How the people and the machines of a climb behave. */
export interface ClimbHabits {
  /** Minutes by which one waking after the other comes late; none once the list is used up. */
  readonly lateMinutes?: readonly number[];
  /** Days until a person approves or posts a letter; the same moment when left out. */
  readonly deskDays?: number;
  /** Days from posting to receipt, moved to an open day; null when no advice of receipt ever comes back. */
  readonly receiptDays?: number | null;
  /** A payer profile the debtor is given once so many steps were served. */
  readonly becomes?: { readonly profile: PayerProfile; readonly afterSteps: number };
}

/** What a climb to the end came to, in the order it happened. */
export interface Climb {
  readonly served: readonly ServedStep[];
  readonly passed: readonly PassedStep[];
  readonly files: readonly CaseFile[];
}

/** Wakings after which a climb is taken for one without an end. */
const WAKINGS_MAX = 2000;

/** Climbs the ladder of one case to its end, as if nobody ever paid or answered. */
export function climb(facts: PlanFacts, habits: ClimbHabits = {}): Climb {
  return climbTogether(facts, [facts.file], habits);
}

/**
 * Climbs the ladders of all open cases of one debtor together, with the contacts they share: whoever wakes first takes the siblings with it that are due the same day, as the use cases
 * do. Calls are made, letters posted and approvals given as the habits say.
 */
export function climbTogether(facts: PlanFacts, files: readonly CaseFile[], habits: ClimbHabits = {}): Climb {
  return new Debtor(facts, files, habits).climb();
}

interface Job {
  readonly at: string;
  readonly run: () => void;
}

type Member = { readonly file: CaseFile; readonly planned: PlannedStep; readonly step: PolicyStep };

class Debtor {
  private readonly served: ServedStep[] = [];
  private readonly passed: PassedStep[] = [];
  private readonly files = new Map<string, CaseFile>();
  private readonly facts: PlanFacts;
  private readonly habits: ClimbHabits;
  private readonly calendar: DebtorCalendar;
  private readonly lateMinutes: number[];
  private record: CustomerRecord;
  private jobs: Job[] = [];
  /** Cases that wait for the hours of the step that leads their message. */
  private readonly waiting = new Map<string, string>();
  private now: string;

  constructor(facts: PlanFacts, files: readonly CaseFile[], habits: ClimbHabits) {
    this.facts = facts;
    this.habits = habits;
    this.record = facts.record;
    this.now = facts.at;
    this.calendar = debtorCalendar(facts.record.customer, facts);
    this.lateMinutes = [...(habits.lateMinutes ?? [])];
    for (const file of files) this.keep(file);
  }

  climb(): Climb {
    for (let waking = 0; waking < WAKINGS_MAX; waking += 1) {
      this.classAnew();
      const steps = [...this.files.values()].flatMap((file) => this.plan(file) ?? []);
      const wakings = steps.map((member) => this.wakesAt(member));
      const first = [...this.jobs.map(({ at }) => at), ...wakings].toSorted(byInstant)[0];
      if (!first) return { served: this.served, passed: this.passed, files: [...this.files.values()] };
      this.now = later(this.now, first);
      const due = this.jobs.filter(({ at }) => Date.parse(at) <= Date.parse(this.now));
      this.jobs = this.jobs.filter((job) => !due.includes(job));
      for (const job of due) job.run();
      if (due.length === 0) this.wake(steps[wakings.indexOf(first)]!);
    }
    throw new Error(`the ladder did not end after ${WAKINGS_MAX} wakings: ${JSON.stringify(this.served.slice(-3))}`);
  }

  private classAnew(): void {
    const { becomes } = this.habits;
    if (!becomes || this.served.length < becomes.afterSteps) return;
    this.record = { ...this.record, customer: { ...this.record.customer, profile: becomes.profile } };
  }

  private wakesAt({ file, planned }: Member): string {
    return later(planned.at, this.waiting.get(idOf(file)) ?? planned.at);
  }

  /** An execution wakes, perhaps late, and serves the step that is due by then. */
  private wake({ file }: Member): void {
    this.now = plusMinutes(this.now, this.lateMinutes.shift() ?? 0);
    const own = this.plan(this.current(file));
    if (own && Date.parse(own.planned.at) <= Date.parse(this.now)) this.serve(own);
  }

  private plan(file: CaseFile): Member | null {
    const plan = planNextStep({ ...this.facts, record: this.record, file, at: this.now });
    if (plan.standing !== 'open') return null;
    for (const { step, reason } of plan.skipped) {
      this.claim(file, { step, state: 'skipped', skipReason: reason });
      this.passed.push({ invoiceId: idOf(file), stepId: step.stepId, reason });
    }
    if (!plan.next) return null;
    return { file, planned: plan.next, step: this.stepOf(plan.next.stepId) };
  }

  private stepOf(stepId: string): PolicyStep {
    const ladder = ladderOf(this.facts.policy, effectiveProfile(this.record));
    return ladder.find((candidate) => candidate.stepId === stepId)!;
  }

  private serve(own: Member): void {
    const isAlone = !this.facts.policy.groupsInvoices || own.step.channel === 'hand-over';
    const joined = isAlone ? [] : this.siblingsOf(own);
    const lead = joined.reduce((firmest, other) => (isAhead(other, firmest) ? other : firmest), own);
    const opensAt = lead === own ? this.now : this.opening(lead.step);
    if (Date.parse(opensAt) > Date.parse(this.now)) {
      this.waiting.set(idOf(own.file), opensAt);
      return;
    }
    const members = [lead, ...[own, ...joined].filter((member) => member !== lead)];
    if (lead.step.requiresApproval && !this.claimed(lead)?.isApproved) {
      this.askForApproval(members);
      return;
    }
    if (lead.step.channel !== 'hand-over') this.logContact(lead);
    for (const member of members) this.serveMember(member, lead);
    if (isLetter(lead.step)) this.later(this.habits.deskDays ?? 0, () => this.post(members));
  }

  /** When the channel of a step is open next, by the clock of whoever gets it. */
  private opening({ channel, recipientRoles: roles }: PolicyStep): string {
    const { policy, internalDomains } = this.facts;
    const { customer, addressMarks: marks } = this.record;
    const contact = chooseRecipient({ customer, marks, internalDomains, roles, channel })?.contact;
    const timeZone = contact?.timeZone ?? this.calendar.timeZone;
    const hours = policy.sendingHours[channel];
    const bounds = { notBeforeOn: dateIn(this.now, timeZone), notBeforeAt: this.now, hours };
    return firstSendingInstant({ ...this.calendar, ...bounds, timeZone }).at;
  }

  private siblingsOf(own: Member): Member[] {
    const today = dateIn(this.now, this.calendar.timeZone);
    return [...this.files.values()]
      .filter((file) => idOf(file) !== idOf(own.file))
      .flatMap((file) => this.plan(file) ?? [])
      .filter(({ planned }) => dateIn(planned.at, this.calendar.timeZone) <= today)
      .filter(({ step }) => step.channel !== 'hand-over')
      .filter(({ step }) => Boolean(step.isFormalNotice) === Boolean(own.step.isFormalNotice))
      .filter((member) => this.claimed(member)?.isApproved === this.claimed(own)?.isApproved);
  }

  private serveMember({ file, step, planned }: Member, lead: Member): void {
    const isLead = lead.file === file;
    const respondBy = respondByOn(dateIn(this.now, this.calendar.timeZone), lead.step, this.calendar);
    const state = isLetter(lead.step) || lead.step.channel === 'hand-over' ? 'assigned' : 'sent';
    const servedBy = { invoiceId: idOf(lead.file), cycle: lead.file.dunningCase.cycle, stepId: lead.step.stepId };
    const { channel } = lead.step;
    this.claim(file, { step: { ...step, channel }, state, respondBy, ...(!isLead && { servedBy }) });
    const { stepId, level } = step;
    const on = dateIn(this.now, this.calendar.timeZone);
    const served = {
      invoiceId: idOf(file),
      stepId,
      level,
      at: this.now,
      on,
      channel,
      step,
      why: planned.why,
      respondBy,
      isLead,
    };
    this.served.push(served);
  }

  private askForApproval(members: readonly Member[]): void {
    for (const { file, step } of members) this.claim(file, { step, state: 'assigned' });
    this.later(this.habits.deskDays ?? 0, () => {
      for (const { file, step } of members) this.claim(file, { step, state: 'approved', isApproved: true });
    });
  }

  private post(members: readonly Member[]): void {
    const postedOn = dateIn(this.now, this.calendar.timeZone);
    const { receiptDays = null } = this.habits;
    for (const { file, step } of members) this.change(file, step, { state: 'sent', postedOn, at: this.now });
    if (receiptDays === null) return;
    const { region, holidays } = this.calendar;
    const receivedOn = nextBusinessDay(addCalendarDays(postedOn, receiptDays), region, holidays);
    for (const { file, step } of members) this.change(file, step, { receivedOn });
  }

  private later(days: number, run: () => void): void {
    this.jobs.push({ at: plusMinutes(this.now, days * 24 * 60), run });
  }

  private logContact({ file, step: { stepId, channel } }: Member): void {
    const on = dateIn(this.now, this.calendar.timeZone);
    const step = { invoiceId: idOf(file), cycle: file.dunningCase.cycle, stepId };
    this.record = { ...this.record, contacts: withContact(this.record.contacts, { on, channel, step }) };
  }

  private claimed({ file, step }: Member): StepClaim | undefined {
    return claimsOfCycle(this.current(file)).get(step.stepId);
  }

  private claim(
    file: CaseFile,
    { step, ...fields }: Pick<StepClaim, 'state'> & Partial<StepClaim> & { step: PolicyStep },
  ) {
    const { stepId, level, channel } = step;
    const { cycle } = file.dunningCase;
    const isApproved = this.claimed({ file, step } as Member)?.isApproved;
    const claim = {
      invoiceId: idOf(file),
      cycle,
      stepId,
      level,
      channel,
      attempt: 1,
      at: this.now,
      isApproved,
      ...fields,
    };
    this.replace(file, claim);
  }

  private change(file: CaseFile, { stepId }: PolicyStep, fields: Partial<StepClaim>): void {
    this.replace(file, { ...claimsOfCycle(this.current(file)).get(stepId)!, ...fields });
  }

  private replace(file: CaseFile, claim: StepClaim): void {
    const current = this.current(file);
    const others = current.claims.filter(({ stepId, cycle }) => stepId !== claim.stepId || cycle !== claim.cycle);
    this.keep({ ...current, claims: [...others, claim] });
  }

  private current(file: CaseFile): CaseFile {
    return this.files.get(idOf(file))!;
  }

  private keep(file: CaseFile): void {
    this.files.set(idOf(file), file);
  }
}

function idOf({ dunningCase }: CaseFile): string {
  return dunningCase.invoice.invoiceId;
}

function isLetter({ channel }: PolicyStep): boolean {
  return channel === 'letter' || channel === 'registered-letter';
}

function isAhead(one: Member, other: Member): boolean {
  if (one.step.level !== other.step.level) return isFirmer(one.step.level, other.step.level);
  return one.step.offsetDays > other.step.offsetDays;
}

function byInstant(one: string, other: string): number {
  return Date.parse(one) - Date.parse(other);
}

function later(one: string, other: string): string {
  return byInstant(one, other) >= 0 ? one : other;
}

function plusMinutes(at: string, minutes: number): string {
  return minutes === 0 ? at : new Date(Date.parse(at) + minutes * 60_000).toISOString();
}
