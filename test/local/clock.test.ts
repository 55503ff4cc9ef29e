import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { VirtualClock } from '../../lib/local/clock.ts';

function aClock() {
  const errors: unknown[] = [];
  const log: string[] = [];
  const clock = new VirtualClock(1000, (error) => errors.push(error));
  const note = (text: string) => () => log.push(`${text}@${clock.now()}`);
  return { clock, errors, log, note };
}

/** Work that takes a few turns of the event loop, as a call over HTTP does. */
async function afterTurns(turns: number, run: () => void = () => undefined): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  run();
}

describe('VirtualClock', () => {
  it('stands still until it is advanced', async () => {
    const { clock, log, note } = aClock();
    clock.schedule(2000, note('timer'));
    await clock.settle();
    expect(clock.now()).toBe(1000);
    expect(log).toEqual([]);
  });

  it('runs timers in order of time, then of scheduling, at their own instant', async () => {
    const { clock, log, note } = aClock();
    clock.schedule(3000, note('late'));
    clock.schedule(2000, note('first'));
    clock.schedule(2000, note('second'));
    expect(await clock.advanceTo(5000)).toBe(3);
    expect(log).toEqual(['first@2000', 'second@2000', 'late@3000']);
    expect(clock.now()).toBe(5000);
  });

  it('runs a timer that falls on the target and leaves a later one', async () => {
    const { clock, log, note } = aClock();
    clock.schedule(2000, note('on time'));
    clock.schedule(2001, note('later'));
    expect(await clock.advanceTo(2000)).toBe(1);
    expect(log).toEqual(['on time@2000']);
  });

  it('leaves out cancelled timers', async () => {
    const { clock, log, note } = aClock();
    const timer = clock.schedule(2000, note('cancelled'));
    timer.cancel();
    timer.cancel();
    expect(await clock.advanceTo(5000)).toBe(0);
    expect(log).toEqual([]);
  });

  it('runs timers that timers schedule, within the same advance', async () => {
    const { clock, log, note } = aClock();
    clock.schedule(2000, () => clock.schedule(2500, note('follow-up')));
    expect(await clock.advanceTo(3000)).toBe(2);
    expect(log).toEqual(['follow-up@2500']);
  });

  it('waits for the promise a timer returns before time goes on', async () => {
    const { clock, log, note } = aClock();
    clock.schedule(2000, () => afterTurns(3, note('work')));
    clock.schedule(2001, note('next'));
    await clock.advanceTo(3000);
    expect(log).toEqual(['work@2000', 'next@2001']);
  });

  it('waits for tracked work, also work that begins meanwhile', async () => {
    const { clock, log, note } = aClock();
    clock.track(afterTurns(2, () => clock.track(afterTurns(3, note('inner')))));
    await clock.advanceTo(2000);
    expect(log).toEqual(['inner@1000']);
  });

  it('lets promise chains that nobody tracks run out before time goes on', async () => {
    const { clock, log, note } = aClock();
    clock.schedule(2000, () => {
      let chain: Promise<unknown> = Promise.resolve();
      for (let link = 0; link < 50; link += 1) chain = chain.then(() => undefined);
      void chain.then(() => clock.schedule(clock.now() + 10, note('chained')));
    });
    clock.schedule(2020, note('later'));
    await clock.advanceTo(3000);
    expect(log).toEqual(['chained@2010', 'later@2020']);
  });

  it('runs a due timer by itself, outside any advance', async () => {
    const { clock, log } = aClock();
    await new Promise<void>((resolve) => {
      clock.schedule(500, () => {
        log.push('ran');
        resolve();
      });
    });
    expect(log).toEqual(['ran']);
    expect(clock.now()).toBe(1000);
  });

  it('runs a due timer while work is in flight that waits for it', async () => {
    const { clock, log } = aClock();
    clock.schedule(2000, async () => {
      await afterTurns(2);
      await new Promise<void>((resolve) => clock.schedule(clock.now(), resolve));
      log.push(`done@${clock.now()}`);
    });
    await clock.advanceTo(3000);
    expect(log).toEqual(['done@2000']);
  });

  it('does not move while another who waited for it has begun new work', async () => {
    const { clock, log, note } = aClock();
    clock.schedule(1500, () => undefined);
    const other = clock.settle().then(() => clock.track(afterTurns(5, note('other'))));
    await clock.advanceTo(2000);
    await other;
    expect(log).toEqual(['other@1000']);
  });

  it('goes on when the error handler throws itself', async () => {
    const spy = vi.spyOn(console, 'error').mockReturnValue(undefined);
    const clock = new VirtualClock(0, () => {
      throw new Error('handler');
    });
    clock.schedule(10, () => {
      throw new Error('timer');
    });
    await expect(clock.advanceTo(20)).resolves.toBe(1);
    await expect(clock.advanceTo(30)).resolves.toBe(0);
    expect(spy).toHaveBeenCalledOnce();
    spy.mockRestore();
  });

  it('asks its sources when idle, until none finds work', async () => {
    const { clock, log, note } = aClock();
    const batches = ['a', 'b'];
    clock.addSource(async () => {
      const batch = batches.shift();
      if (batch !== undefined) clock.track(afterTurns(2, note(batch)));
      return batch !== undefined;
    });
    await clock.waitUntilIdle();
    expect(log).toEqual(['a@1000', 'b@1000']);
  });

  it('drains the sources at every instant on its way', async () => {
    const { clock, log, note } = aClock();
    const written: string[] = [];
    clock.addSource(async () => {
      const found = written.splice(0);
      for (const item of found) clock.schedule(clock.now() + 5, note(`delivered ${item}`));
      return found.length > 0;
    });
    clock.schedule(2000, () => void written.push('one'));
    clock.schedule(2010, note('after'));
    await clock.advanceTo(3000);
    expect(log).toEqual(['delivered one@2005', 'after@2010']);
  });

  it('runs advances asked for at the same time one after the other', async () => {
    const { clock, log, note } = aClock();
    clock.schedule(2000, () => afterTurns(3, note('first')));
    clock.schedule(4000, note('second'));
    const ran = await Promise.all([clock.advanceTo(3000), clock.advanceTo(5000)]);
    expect(ran).toEqual([1, 1]);
    expect(log).toEqual(['first@2000', 'second@4000']);
  });

  it('refuses to go back, and goes on after that', async () => {
    const { clock } = aClock();
    await clock.advanceTo(2000);
    await expect(clock.advanceTo(1500)).rejects.toThrow('cannot go back to 1970-01-01T00:00:01.500Z');
    await expect(clock.advanceTo(2500)).resolves.toBe(0);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %s as an instant', async (millis) => {
    const { clock } = aClock();
    await expect(clock.advanceTo(millis)).rejects.toThrow('not an instant');
    expect(() => clock.schedule(millis, () => undefined)).toThrow('not an instant');
  });

  it('reports what timers and sources throw, and goes on', async () => {
    const { clock, errors, log, note } = aClock();
    clock.schedule(2000, () => {
      throw new Error('thrown');
    });
    clock.schedule(2000, async () => {
      throw new Error('rejected');
    });
    clock.schedule(2000, note('still runs'));
    let asked = 0;
    clock.addSource(async () => {
      asked += 1;
      if (asked === 1) throw new Error('source');
      return false;
    });
    await clock.advanceTo(3000);
    expect(errors.map((error) => (error as Error).message).sort()).toEqual(['rejected', 'source', 'thrown']);
    expect(log).toEqual(['still runs@2000']);
  });

  it('hands the outcome of tracked work to whoever tracks it', async () => {
    const { clock, errors } = aClock();
    await expect(clock.track(Promise.resolve(7))).resolves.toBe(7);
    await expect(clock.track(Promise.reject(new Error('mine')))).rejects.toThrow('mine');
    await clock.settle();
    expect(errors).toEqual([]);
  });

  it('settles while requests come and go beside an advance', async () => {
    const { clock, log, note } = aClock();
    for (let minute = 1; minute <= 20; minute += 1)
      clock.schedule(1000 + minute * 60, () => afterTurns(2, note('timer')));
    const requests = Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        clock.track(afterTurns(index * 3)).then(() => clock.schedule(clock.now(), note('request'))),
      ),
    );
    expect(await clock.advanceTo(5000)).toBeGreaterThanOrEqual(20);
    await requests;
    await clock.waitUntilIdle();
    expect(log.filter((line) => line.startsWith('timer'))).toHaveLength(20);
    expect(log.filter((line) => line.startsWith('request'))).toHaveLength(10);
  });

  it('runs any set of timers, with some cancelled, in order and once', async () => {
    const timers = fc.array(fc.record({ at: fc.integer({ min: 0, max: 60 }), isCancelled: fc.boolean() }));
    await fc.assert(
      fc.asyncProperty(timers, fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 4 }), async (plan, stops) => {
        const clock = new VirtualClock(0);
        const ran: number[] = [];
        const handles = plan.map(({ at }, index) => clock.schedule(at + 1, () => ran.push(index)));
        for (const [index, { isCancelled }] of plan.entries()) if (isCancelled) handles[index]!.cancel();
        let count = 0;
        for (const stop of [...stops.sort((a, b) => a - b), 100]) count += await clock.advanceTo(stop);
        const expected = plan
          .map((timer, index) => ({ ...timer, index }))
          .filter(({ isCancelled }) => !isCancelled)
          .sort((a, b) => a.at - b.at || a.index - b.index)
          .map(({ index }) => index);
        expect(ran).toEqual(expected);
        expect(count).toBe(expected.length);
      }),
    );
  });
});
