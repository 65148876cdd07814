import { ImageDamage } from '../iso/image-damage.ts';

/**
 * The elements of a small XML document that a program wrote (the metadata of a WIM): no name spaces, no document types,
 * no entities but those of XML itself. Pure, and bounded in depth and number whatever the text says.
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

// In order: comment, CDATA section, processing instruction or declaration, closing tag, opening tag, text.
const token =
  /<!--[^]*?-->|<!\[CDATA\[([^]*?)\]\]>|<[?!][^>]*>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/gy;

/** The root element. Throws ImageDamage where the text is no such document. */
export function parseXml(text: string): XmlElement {
  const document = openElement('', '');
  const open: OpenElement[] = [document];
  let elements = 0;
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (match === null) throw new ImageDamage('an XML text in it is not well-formed');
    const [, characters, closed, opened, attributes = '', isEmpty, plain] = match;
    const inside = open.at(-1) ?? document;
    if (characters !== undefined) inside.text += characters;
    else if (plain !== undefined) inside.text += decoded(plain);
    else if (closed !== undefined) {
      if (open.length === 1 || inside.name !== closed) throw new ImageDamage('an XML text in it is not well-formed');
      open.pop();
    } else if (opened !== undefined) {
      elements += 1;
      if (elements > maxElements || open.length > maxDepth)
        throw new ImageDamage('an XML text in it is absurdly large');
      const element = openElement(opened, attributes);
      inside.children.push(element);
      if (isEmpty === '') open.push(element);
    }
  }
  const [root] = document.children;
  if (root === undefined || open.length > 1) throw new ImageDamage('an XML text in it is not well-formed');
  return root;
}

function openElement(name: string, attributes: string): OpenElement {
  const pairs = attributes.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  const values = [...pairs].map(([, key = '', double, single]) => [key, decoded(double ?? single ?? '')] as const);
  return { name, attributes: new Map(values), children: [], text: '' };
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return named[name.toLowerCase()] ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : '';
  });
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
