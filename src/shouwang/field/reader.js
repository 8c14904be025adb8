// Reads QR codes from pictures, beside the page, so that cold fingers never wait for a picture.
//
// First message: {vendor: URL of the reader's folder}; answered by {ready: true} or {failed: "why"}. Each further one:
// {pixels: ArrayBuffer of RGBA, width, height}; answered by {text, took} with text null where no code was seen, took in ms.
// A classic worker, since old Android browsers have no module workers.
/* global ZXingWASM */

const OPTIONS = {
  formats: ["QRCode"],
  tryHarder: true,
  tryRotate: false, // a QR code is found at any angle without it
  tryInvert: false,
  tryDownscale: true,
  maxNumberOfSymbols: 1,
  textMode: "Plain",
};

async function open(vendor) {
  importScripts(`${vendor}zxing_reader.js`);
  // Unless told where its wasm is, the reader would ask somebody else's server for it.
  await ZXingWASM.prepareZXingModule({ overrides: { locateFile: (name) => vendor + name }, fireImmediately: true });
  await read(new ImageData(64, 64)); // the first run compiles; let it not be the first person's
}

async function read(picture) {
  const [found] = await ZXingWASM.readBarcodes(picture, OPTIONS);
  return found?.isValid ? found.text : null;
}

self.onmessage = async ({ data }) => {
  if (data.vendor) {
    await open(data.vendor).then(
      () => self.postMessage({ ready: true }),
      (error) => self.postMessage({ failed: String(error?.message ?? error) }),
    );
    return;
  }
  const started = performance.now();
  const picture = new ImageData(new Uint8ClampedArray(data.pixels), data.width, data.height);
  const text = await read(picture).catch(() => null); // a picture it stumbles over is one without a code
  self.postMessage({ text, took: performance.now() - started });
};
