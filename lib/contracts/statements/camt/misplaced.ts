import type { StatementFault } from '../statement.ts';
import { faultAt, type XmlElement } from './xml-element.ts';

/** Where money may be told: anywhere else it would be passed over without a word. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  Ntry: ['Stmt', 'Ntfctn'],
  NtryDtls: ['Ntry'],
  TxDtls: ['NtryDtls'],
};

/** The one element that may hold what is of another namespace: a bank's own additions, which tell no money. */
const ENVELOPE = 'Envlp';

/** Reports the first entry or payment that stands where none belongs, or what is of another namespace than the document. */
export function reportMisplaced(element: XmlElement, faults: StatementFault[]): void {
  if (element.name === ENVELOPE) return;
  for (const child of element.children) {
    if (faults.length > 0) return;
    const places = PLACES[child.name];
    if (child.name.startsWith('{')) faults.push(faultAt(child, 'must be in the namespace of its document'));
    else if (places !== undefined && !places.includes(element.name)) {
      faults.push(faultAt(child, `must stand in <${places.join('> or <')}>`));
    }
    reportMisplaced(child, faults);
  }
}
