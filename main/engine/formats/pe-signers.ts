import { uint16le, uint32le } from '../iso/byte-fields.ts';
import { type DerElement, derElements, derTag, hexOf, inside } from './der.ts';

/**
 * Who signed a PE file for Secure Boot: the certificate table holds PKCS #7 signatures (Microsoft's "Windows Authenticode Portable
 * Executable Signature Format"). Says what the signature claims; whether it is good is for the firmware to check. Pure.
 */
export interface PeSigner {
  /** Common name of the certificate that signed; undefined where the signature does not carry it. */
  readonly subject: string | undefined;
  /** Common name of who issued that certificate: what firmware and shim have in their lists. */
  readonly issuer: string;
}

const CERTIFICATE_HEADER_BYTES = 8;
const PKCS_SIGNED_DATA = 0x0002;
const maxSignatures = 8;
/** 1.2.840.113549.1.7.2, and 2.5.4.3 and .10 and .11 of names. */
const SIGNED_DATA = '2a864886f70d010702';
const NAME_PARTS = ['550403', '55040b', '55040a'];

/** One for each signature that can be understood, in order. */
export function parsePeSigners(table: Uint8Array): PeSigner[] {
  const signers: PeSigner[] = [];
  let at = 0;
  while (at + CERTIFICATE_HEADER_BYTES <= table.length && signers.length < maxSignatures) {
    const lengthBytes = uint32le(table, at);
    if (lengthBytes <= CERTIFICATE_HEADER_BYTES) break;
    const end = Math.min(at + lengthBytes, table.length);
    if (uint16le(table, at + 6) === PKCS_SIGNED_DATA) {
      const signer = parseSignedData(table.subarray(at + CERTIFICATE_HEADER_BYTES, end));
      if (signer !== undefined) signers.push(signer);
    }
    // Entries start at multiples of eight bytes.
    at += Math.ceil(lengthBytes / 8) * 8;
  }
  return signers;
}

function parseSignedData(bytes: Uint8Array): PeSigner | undefined {
  const contentInfo = inside(derElements(bytes), derTag.sequence);
  if (hexOf(contentInfo[0]?.content ?? new Uint8Array()) !== SIGNED_DATA) return undefined;
  const signedData = inside(inside(contentInfo, derTag.context0), derTag.sequence);
  const certificates = inside(signedData, derTag.context0);
  const signerInfos = derElements(signedData.findLast(({ tag }) => tag === derTag.set)?.content ?? new Uint8Array());
  // version, issuer and serial number, and more that is of no interest here.
  const [issuer, serial] = inside(inside(signerInfos, derTag.sequence), derTag.sequence);
  if (issuer === undefined || serial === undefined) return undefined;
  const certificate = certificates
    .map(parseCertificate)
    .find((one) => one?.serial === hexOf(serial.content) && one.issuer === hexOf(issuer.content));
  const issuerName = commonName(issuer);
  return issuerName === undefined ? undefined : { issuer: issuerName, subject: certificate?.subject };
}

interface Certificate {
  readonly serial: string;
  /** The name as its bytes, which is how it is compared. */
  readonly issuer: string;
  readonly subject: string | undefined;
}

/** X.509: version, serial number, algorithm, issuer, validity, subject. */
function parseCertificate({ content }: DerElement): Certificate | undefined {
  const fields = inside(derElements(content), derTag.sequence);
  const at = fields[0]?.tag === derTag.context0 ? 1 : 0;
  const [serial, , issuer, , subject] = fields.slice(at);
  if (serial === undefined || issuer === undefined || subject === undefined) return undefined;
  return { serial: hexOf(serial.content), issuer: hexOf(issuer.content), subject: commonName(subject) };
}

/** The common name of a name, or failing that its unit or organisation. */
function commonName({ content }: DerElement): string | undefined {
  const parts = new Map<string, string>();
  for (const { content: set } of derElements(content)) {
    const [kind, value] = inside(derElements(set), derTag.sequence);
    if (kind !== undefined && value !== undefined) parts.set(hexOf(kind.content), textOf(value));
  }
  const name = NAME_PARTS.map((part) => parts.get(part)).find((text) => text !== undefined && text !== '');
  return name?.slice(0, 120);
}

function textOf({ tag, content }: DerElement): string {
  const text =
    tag === derTag.bmpString
      ? new TextDecoder('utf-16be').decode(content)
      : tag === derTag.utf8String
        ? new TextDecoder().decode(content)
        : Buffer.from(content).toString('latin1');
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
}
