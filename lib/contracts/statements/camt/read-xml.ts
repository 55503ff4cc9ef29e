import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { Reading, StatementFault } from '../statement.ts';
import type { XmlElement } from './xml-element.ts';

/** The root of an XML file and the namespace it is in. */
export interface XmlDocument {
  readonly root: XmlElement;
  readonly namespace: string;
}

/** No bank nests deeper than twenty. */
const DEPTH_MAX = 64;

/** What is parsed at once: after it, a file that is already refused is not read on. Short, as the parser's work grows with the square of the depth. */
const CHUNK_LENGTH = 4_096;

/**
 * Reads XML without a document type, hence without any entity beyond the five of XML and those by number; nothing is fetched. The first thing wrong refuses
 * the file.
 */
export function readXml(text: string): Reading<XmlDocument> {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const faults: StatementFault[] = [];
  const refuse = (detail: string) => faults.push({ line: parser.line, column: parser.column + 1, detail });
  const tree = treeBuilder(() => parser.line, refuse);
  parser.on('error', ({ message }) => refuse(`is no well-formed XML: ${message.replace(/^\d+:\d+: /, '')}`));
  parser.on('doctype', () => refuse('must have no document type (<!DOCTYPE>)'));
  parser.on('opentag', tree.open);
  parser.on('text', tree.text);
  parser.on('cdata', tree.text);
  parser.on('closetag', tree.close);
  for (let start = 0; start < text.length && faults.length === 0; start += CHUNK_LENGTH) {
    parser.write(text.slice(start, start + CHUNK_LENGTH));
  }
  if (faults.length === 0) parser.close();
  const document = tree.document();
  const [fault] = faults;
  if (fault) return { ok: false, fault };
  if (document === null) return { ok: false, fault: { line: 1, detail: 'holds no element' } };
  return { ok: true, value: document };
}

function treeBuilder(line: () => number, refuse: (detail: string) => void) {
  let document: XmlDocument | null = null;
  const open: XmlElement[] = [];
  return {
    open({ uri, local, attributes }: SaxesTagNS): void {
      const parent = open.at(-1) ?? null;
      const element: XmlElement = {
        name: document === null || uri === document.namespace ? local : `{${uri}}${local}`,
        attributes: Object.fromEntries(Object.values(attributes).map(({ name, value }) => [name, value])),
        parent,
        children: [],
        text: '',
        line: line(),
      };
      document ??= { root: element, namespace: uri };
      parent?.children.push(element);
      open.push(element);
      if (open.length === DEPTH_MAX) refuse('is nested too deep');
    },
    text(text: string): void {
      const element = open.at(-1);
      if (element) element.text += text;
    },
    close(): void {
      open.pop();
    },
    document: () => document,
  };
}
