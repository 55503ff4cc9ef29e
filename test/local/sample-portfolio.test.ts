import { describe, expect, it } from 'vitest';
import { parseInvoiceBody } from '../../lib/contracts/invoice-body.ts';
import { jsonAnswer } from '../../lib/local/gateway/http-answer.ts';
import { startHttpServer } from '../../lib/local/gateway/http-server.ts';
import { loadSamples } from '../../lib/local/load-samples.ts';
import { samplePortfolio } from '../../lib/local/sample-portfolio.ts';

const START = Date.parse('2026-01-05T08:00:00Z');

describe('the sample portfolio', () => {
  it.each(samplePortfolio(START).map((invoice) => [invoice.invoiceId, invoice] as const))(
    '%s keeps the contract',
    (_id, invoice) => {
      expect(parseInvoiceBody(invoice)).toMatchObject({ ok: true, warnings: [] });
    },
  );

  it('has a dozen invoices around the day it starts, in currencies of 0, 2 and 3 decimals', () => {
    const invoices = samplePortfolio(START).map((invoice) => parseInvoiceBody(invoice));
    const sound = invoices.flatMap((parsed) => (parsed.ok ? [parsed] : []));
    expect(sound).toHaveLength(12);
    const currencies = new Set(sound.map(({ invoice }) => invoice.currency));
    for (const currency of ['EUR', 'JPY', 'TND']) expect(currencies).toContain(currency);
    expect(sound.some(({ invoice }) => invoice.dueOn < '2026-01-05')).toBe(true);
    expect(sound.some(({ invoice }) => invoice.dueOn > '2026-01-05')).toBe(true);
    expect(new Set(sound.map(({ customer }) => customer?.language?.slice(0, 2)))).toEqual(new Set(['fr', 'en', 'de']));
    expect(sound.some(({ customer }) => customer?.kind === 'consumer')).toBe(true);
  });

  it('moves with the start', () => {
    const later = samplePortfolio(START + 86_400_000)[0];
    expect(samplePortfolio(START)[0]).toMatchObject({ issuedOn: '2025-12-27', dueOn: '2026-01-26' });
    expect(later).toMatchObject({ issuedOn: '2025-12-28', dueOn: '2026-01-27' });
  });

  it('reaches nobody: every address is in a reserved domain', () => {
    const addresses = JSON.stringify(samplePortfolio(START)).match(/[^"]+@[^"]+/g) ?? [];
    expect(addresses.length).toBeGreaterThan(12);
    expect(addresses.filter((address) => !address.endsWith('.example'))).toEqual([]);
  });
});

describe('loading samples', () => {
  it('posts each with a billing token, and reports the first that is refused', async () => {
    const asked: unknown[] = [];
    const server = await startHttpServer({
      port: 0,
      portVariable: 'NONE',
      answer: async ({ url, headers }, body) => {
        asked.push({ url, authorization: headers.authorization, body: JSON.parse(body.toString()) });
        if (url === '/_local/token') return jsonAnswer(200, { access_token: 'abc' });
        return body.includes('bad') ? jsonAnswer(422, { detail: 'no' }) : jsonAnswer(201, {});
      },
      onError: () => undefined,
    });
    expect(await loadSamples(server.url, [{ invoiceId: 'A' }])).toBe(1);
    expect(asked).toEqual([
      { url: '/_local/token', body: { scopes: ['relance/billing'] } },
      { url: '/invoices', authorization: 'Bearer abc', body: { invoiceId: 'A' } },
    ]);
    await expect(loadSamples(server.url, [{ invoiceId: 'bad' }])).rejects.toThrow(
      /POST \/invoices .* 422: \{"detail":"no"\}/,
    );
    await server.close();
  });
});
