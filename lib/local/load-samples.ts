import type { SampleInvoice } from './sample-portfolio.ts';

/**
 * Posts sample invoices through the API, with a token, as a billing system would.
 *
 * @returns how many were registered
 * @throws Error with the API's answer for the first one that is refused
 */
export async function loadSamples(apiUrl: string, invoices: readonly SampleInvoice[]): Promise<number> {
  const { access_token: token } = await post(`${apiUrl}/_local/token`, { scopes: ['relance/billing'] });
  for (const invoice of invoices) await post(`${apiUrl}/invoices`, invoice, String(token));
  return invoices.length;
}

async function post(url: string, body: unknown, token?: string): Promise<Record<string, unknown>> {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  throw new Error(`POST ${new URL(url).pathname} of a sample was answered ${response.status}: ${text}`);
}
