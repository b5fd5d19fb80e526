// A file as it is sent: really a PDF, a JPEG or a PNG, with nothing behind the picture, and no larger than the hall takes.
//
// Telephones put things of their own behind a photograph (a depth map, a few seconds of film, who took it). The hall takes
// a picture and nothing else, so what follows the picture is cut off here, before anything is hashed or sent; a
// photograph that is too large is drawn smaller. What is sent is what the server looks at and keeps.
const MOST_BYTES = 10 * 1024 * 1024;
const MOST_OPENED = 100 * 1024 * 1024;
const LONG_SIDE = 3508; // A4 at 300 dots an inch
const QUALITY = 0.88;
const STARTS = { "application/pdf": [0x25, 0x50, 0x44, 0x46, 0x2d], "image/jpeg": [0xff, 0xd8, 0xff], "image/png": [0x89, 0x50, 0x4e, 0x47] };

export class Unfit extends Error {
  // `code`: which words tell the clerk why.
  constructor(code) {
    super(code);
    this.code = code;
  }
}

// The bytes and their kind, and whether the picture was drawn smaller. Raises Unfit.
export async function prepared(file) {
  if (!file.size) throw new Unfit("empty");
  const kind = kindOf(new Uint8Array(await opened(file.slice(0, 8))));
  if (!kind) throw new Unfit(isHeic(new Uint8Array(await opened(file.slice(0, 16)))) ? "heic" : "kind");
  if (kind === "application/pdf") {
    if (file.size > MOST_BYTES) throw new Unfit("pdf_large");
    return { bytes: new Uint8Array(await opened(file)), kind, smaller: false };
  }
  if (file.size > MOST_OPENED) throw new Unfit("photo_large");
  const bytes = new Uint8Array(await opened(file));
  const end = kind === "image/jpeg" ? jpegEnd(bytes) : pngEnd(bytes);
  const picture = end ? bytes.subarray(0, end) : bytes;
  if (picture.length > MOST_BYTES) return smaller(picture, kind);
  return { bytes: picture, kind, smaller: false };
}

// The same picture with fewer dots. Raises Unfit.
export async function smaller(bytes, kind) {
  let drawn;
  try {
    drawn = await createImageBitmap(new Blob([bytes], { type: kind }));
  } catch {
    throw new Unfit("photo_large");
  }
  const scale = Math.min(1, LONG_SIDE / Math.max(drawn.width, drawn.height));
  const sheet = document.createElement("canvas");
  sheet.width = Math.max(1, Math.round(drawn.width * scale));
  sheet.height = Math.max(1, Math.round(drawn.height * scale));
  const pen = sheet.getContext("2d");
  pen.fillStyle = "#FFF";
  pen.fillRect(0, 0, sheet.width, sheet.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(drawn, 0, 0, sheet.width, sheet.height);
  drawn.close();
  const made = await new Promise((done) => { sheet.toBlob(done, "image/jpeg", QUALITY); });
  if (!made || made.size > MOST_BYTES) throw new Unfit("photo_large");
  return { bytes: new Uint8Array(await made.arrayBuffer()), kind: "image/jpeg", smaller: true };
}

// A file on a stick that has been pulled, or one that has changed since, cannot be read.
async function opened(blob) {
  try {
    return await blob.arrayBuffer();
  } catch {
    throw new Unfit("unreadable");
  }
}

function kindOf(head) {
  return Object.keys(STARTS).find((kind) => STARTS[kind].every((byte, place) => head[place] === byte)) ?? "";
}

function isHeic(head) {
  const mark = String.fromCharCode(...head.slice(4, 12));
  return /^ftyp(heic|heix|hevc|mif1|msf1|avif)/.test(mark);
}

// Past the end marker; 0 where there is none.
export function jpegEnd(bytes) {
  let at = 2;
  while ((at = bytes.indexOf(0xff, at)) >= 0 && at + 1 < bytes.length) {
    const marker = bytes[at + 1];
    if (marker === 0xff) {
      at += 1;
    } else if (marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd7)) {
      at += 2;
    } else if (marker === 0xd9) {
      return at + 2;
    } else {
      const length = (bytes[at + 2] << 8) | bytes[at + 3];
      if (length < 2) return 0;
      at += 2 + length;
    }
  }
  return 0;
}

// Past the last chunk; 0 where there is none.
export function pngEnd(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 8;
  while (at + 12 <= bytes.length) {
    const length = view.getUint32(at);
    const last = view.getUint32(at + 4) === 0x49454e44;
    at += 12 + length;
    if (last) return at <= bytes.length ? at : 0;
  }
  return 0;
}
