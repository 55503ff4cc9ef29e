import { expect, it } from 'vitest';
import { DeadLetters } from '../../lib/local/dead-letters.ts';

it('keeps dead letters in order, dated by the virtual clock', () => {
  let now = Date.UTC(2026, 0, 5, 8);
  const deadLetters = new DeadLetters(() => now);
  deadLetters.send({ queueArn: 'arn:aws:sqs:eu-west-1:1:dead', body: { n: 1 }, attributes: { WHY: 'broken' } });
  now += 60_000;
  deadLetters.send({ queueArn: 'arn:aws:sqs:eu-west-1:1:dead', body: { n: 2 }, attributes: {} });
  expect(deadLetters.list()).toMatchObject([
    { body: { n: 1 }, at: '2026-01-05T08:00:00.000Z', attributes: { WHY: 'broken' } },
    { body: { n: 2 }, at: '2026-01-05T08:01:00.000Z' },
  ]);
});

it('shows what AWS would have lost for want of a queue', () => {
  const deadLetters = new DeadLetters(() => 0);
  deadLetters.send({ queueArn: undefined, body: 'lost', attributes: {} });
  expect(deadLetters.list()).toMatchObject([{ queueArn: null, body: 'lost' }]);
});
