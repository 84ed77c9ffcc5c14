/** `SEQUENCE { OBJECT IDENTIFIER rsaEncryption, NULL }` */
const RSA_ALGORITHM = [
  0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
];
const VERSION_0 = [0x02, 0x01, 0x00];
const SEQUENCE = 0x30;
const OCTET_STRING = 0x04;

/**
 * Wraps an RSA private key as PKCS#1 has it (`BEGIN RSA PRIVATE KEY`, what Stream hands out) into
 * PKCS#8, the only one of the two Web Crypto reads. The key itself stays as it is: PKCS#8 puts a
 * version and the name of the algorithm in front of it.
 */
export function wrapPkcs1(pkcs1: Uint8Array): Uint8Array<ArrayBuffer> {
  const body = [...VERSION_0, ...RSA_ALGORITHM, ...header(OCTET_STRING, pkcs1.length)];
  const start = [...header(SEQUENCE, body.length + pkcs1.length), ...body];
  const pkcs8 = new Uint8Array(start.length + pkcs1.length);
  pkcs8.set(start);
  pkcs8.set(pkcs1, start.length);
  return pkcs8;
}

/** Tag and length in DER: short form below 128, else the number of length bytes and these. */
function header(tag: number, length: number): readonly number[] {
  if (length < 0x80) return [tag, length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [tag, 0x80 | bytes.length, ...bytes];
}
