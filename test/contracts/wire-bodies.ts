/** A JSON object under construction: tests take one that is right and spoil it. */
export type Json = Record<string, unknown>;

/** The customer of the contract's example, with these fields changed; a field set to `undefined` is left out. */
export function customerBody(changes: Json = {}): Json {
  return withChanges(
    {
      customerId: 'C-100',
      name: 'Boulangerie Martin SARL',
      kind: 'business',
      country: 'FR',
      language: 'fr',
      timeZone: 'Europe/Paris',
      profile: 'negligent',
      policy: 'standard',
      address: { line1: '3 rue des Lices', postalCode: '35000', city: 'Rennes', country: 'FR' },
      contacts: [
        { role: 'accounts-payable', name: 'Anne Martin', email: 'compta@martin.example', phone: '+33612345678' },
        { role: 'generic', email: 'contact@martin.example' },
      ],
      salesRep: { name: 'Paul Renard', email: 'paul@vendeur.example' },
    },
    changes,
  );
}

/** The invoice of the contract's example, with these fields changed; a field set to `undefined` is left out. */
export function invoiceBody(changes: Json = {}): Json {
  return withChanges(
    {
      invoiceId: 'INV-2026-0042',
      number: '2026-0042',
      issuedOn: '2026-10-01',
      dueOn: '2026-10-31',
      total: { amount: '1200.00', currency: 'EUR' },
      paymentReference: 'RF18539007547034',
      purchaseOrder: 'PO-77',
      documentUrl: 'https://billing.example/2026-0042.pdf',
      earlyPaymentDiscount: { until: '2026-10-15', percent: '2.0' },
      customer: customerBody(),
    },
    changes,
  );
}

/**
 * The bank transaction of the contract's example, with these fields changed; a field set to `undefined` is left out.
 */
export function transactionBody(changes: Json = {}): Json {
  return withChanges(
    {
      transactionId: 'BK-9001',
      kind: 'credit',
      amount: { amount: '1200.00', currency: 'EUR' },
      bookedOn: '2026-11-02',
      valueOn: '2026-11-02',
      debtor: { name: 'BOULANGERIE MARTIN', iban: 'FR7630006000011234567890189' },
      remittance: 'FACTURE 2026-0042 RF18539007547034',
      endToEndId: 'NOTPROVIDED',
    },
    changes,
  );
}

function withChanges(body: Json, changes: Json): Json {
  return JSON.parse(JSON.stringify({ ...body, ...changes }));
}
