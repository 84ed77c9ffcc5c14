const CONTAINERS = new Set(['moof', 'traf']);

/** A copy of an fMP4 segment that plays `shift` ticks of its timescale later. */
export function shiftMediaTime(segment: Buffer, shift: bigint): Buffer {
  const copy = Buffer.from(segment);
  shiftBoxes(copy, shift);
  return copy;
}

function shiftBoxes(boxes: Buffer, shift: bigint): void {
  for (let offset = 0; offset + 8 <= boxes.length;) {
    const size = boxes.readUInt32BE(offset);
    const type = boxes.toString('latin1', offset + 4, offset + 8);
    // 0 is "to the end of the file", 1 is a 64-bit size: only `mdat`, which comes last, may be so.
    if (size < 8) return;
    const box = boxes.subarray(offset, offset + size);
    if (CONTAINERS.has(type)) shiftBoxes(box.subarray(8), shift);
    if (type === 'tfdt') shiftDecodeTime(box, shift);
    offset += size;
  }
}

function shiftDecodeTime(tfdt: Buffer, shift: bigint): void {
  const version = tfdt.readUInt8(8);
  if (version !== 1) throw new Error('Media must have 64-bit decode times to be broadcast');
  tfdt.writeBigUInt64BE(tfdt.readBigUInt64BE(12) + shift, 12);
}
