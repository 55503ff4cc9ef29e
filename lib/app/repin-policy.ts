import type { CaseFile } from '../domain/case-file.ts';
import type { Customer } from '../domain/customer.ts';
import { defaultPolicyName, type PolicyBook } from './policy-book.ts';
import type { Consequence } from './touch-open-cases.ts';

/**
 * What a change of the customer means for a case. When its policy is not for customers of their kind any more, and they name none, it goes on under the newest default policy of that kind:
 * what the law lets one write to a business must not go on to a consumer. Letters that lie ready are those of the old policy then, and taken back.
 */
export async function repinned(
  policies: PolicyBook,
  { file, customer, withdrawsLetters }: { file: CaseFile; customer: Customer; withdrawsLetters: boolean },
): Promise<Consequence> {
  const { name, version } = file.dunningCase.policy;
  const forKinds = (await policies.load(name, version))?.forKinds;
  const isSuited = customer.policy !== undefined || !forKinds || forKinds.includes(customer.kind);
  const target = isSuited ? null : await policies.newest(defaultPolicyName(customer.kind));
  if (!target) return { withdrawsLetters };
  const data = { name: target.name, fromName: name, from: version, to: target.version };
  return {
    withdrawsLetters: true,
    drafts: [{ type: 'PolicyChanged', actor: 'relance', data }],
    changes: { policy: { name: target.name, version: target.version } },
  };
}
