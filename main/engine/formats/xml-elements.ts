import { SaxesParser } from 'saxes';
import { ImageDamage } from '../iso/image-damage.ts';

/**
 * The elements of a small XML document that a program wrote (the metadata of a WIM): no name spaces, no document types.
 * Pure, and bounded in depth and number whatever the text says.
 */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The text directly inside, without that of its children. */
  readonly text: string;
}

const maxDepth = 32;
const maxElements = 50_000;

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

const damage = (): ImageDamage => new ImageDamage('an XML text in it is not well-formed');

/** The root element. Throws ImageDamage where the text is no such document. */
export function parseXml(text: string): XmlElement {
  const parser = new SaxesParser();
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  parser.on('error', () => {
    throw damage();
  });
  // Entities of its own can grow without end.
  parser.on('doctype', () => {
    throw damage();
  });
  parser.on('opentag', ({ name, attributes }) => {
    elements += 1;
    if (elements > maxElements || open.length >= maxDepth) {
      throw new ImageDamage('an XML text in it is absurdly large');
    }
    const element: OpenElement = { name, attributes: new Map(Object.entries(attributes)), children: [], text: '' };
    root ??= element;
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  const add = (piece: string): void => {
    const inside = open.at(-1);
    if (inside !== undefined) inside.text += piece;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(text).close();
  if (root === undefined) throw damage();
  return root;
}

/** The first element at a path of names below this one. */
export function elementAt(element: XmlElement, ...names: readonly string[]): XmlElement | undefined {
  let at: XmlElement | undefined = element;
  for (const name of names) at = at?.children.find((child) => child.name === name);
  return at;
}

/** The text at a path of names, without white space around it; undefined where there is none. */
export function textAt(element: XmlElement, ...names: readonly string[]): string | undefined {
  const text = elementAt(element, ...names)?.text.trim();
  return text === undefined || text === '' ? undefined : text;
}
