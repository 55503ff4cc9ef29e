import type { StatementFault } from '../statement.ts';

/** An element of an XML file; `name` is the local name, with the namespace in front when it is not the document's. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly parent: XmlElement | null;
  readonly children: XmlElement[];
  /** Its own text, without what its children hold. */
  text: string;
  readonly line: number;
}

/** The children of a name, or those at the end of a path of names. */
export function childrenOf(element: XmlElement, ...path: readonly string[]): XmlElement[] {
  return path.reduce<XmlElement[]>(
    (elements, name) => elements.flatMap(({ children }) => children.filter((child) => child.name === name)),
    [element],
  );
}

/** The first element at the end of a path of names. */
export function childOf(element: XmlElement, ...path: readonly string[]): XmlElement | undefined {
  return childrenOf(element, ...path)[0];
}

/** The text of the first element at the end of a path of names, without blanks around it. */
export function textOf(element: XmlElement, ...path: readonly string[]): string | undefined {
  return childOf(element, ...path)?.text.trim();
}

/** The one child of a name; none or several are reported. */
export function onlyChild(element: XmlElement, name: string, faults: StatementFault[]): XmlElement | null {
  const [child, ...others] = childrenOf(element, name);
  if (child === undefined) faults.push(faultAt(element, `must hold a <${name}>`));
  for (const other of others) faults.push(faultAt(other, `must stand once in <${element.name}>`));
  return child ?? null;
}

/** A fault of an element, with its place. */
export function faultAt(element: XmlElement, detail: string): StatementFault {
  return { line: element.line, path: pathOf(element), detail };
}

/** Where an element stands, counted among those of its name. */
export function pathOf(element: XmlElement): string {
  const { parent, name } = element;
  if (parent === null) return `/${name}`;
  const alike = childrenOf(parent, name);
  const position = alike.length > 1 ? `[${alike.indexOf(element) + 1}]` : '';
  return `${pathOf(parent)}/${name}${position}`;
}
