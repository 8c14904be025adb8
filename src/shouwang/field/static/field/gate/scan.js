// The camera: pictures of it go to the reader in a worker, about fifteen a second, and texts come out.

const VENDOR = new URL("../../vendor/zxing-wasm/", import.meta.url).href;
const WORKER = new URL("reader.js", document.baseURI).href; // beside the page: see views.reader
const CAMERA = {
  audio: false,
  video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
};
const BETWEEN_MS = 66;
const SIDE = 640; // px of the square that is looked at: a card of 3 cm at arm's length is 250 of them, 4 to a module
const GONE_MS = 1500; // a code is new again once it was out of view for so long

// code: "no_camera" (there is none, or the page is not https), "denied", "busy", "reader" (the reader did not start)
export class ScanError extends Error {
  constructor(code, cause) {
    super(code, { cause });
    this.code = code;
  }
}

const CAMERA_ERRORS = { NotAllowedError: "denied", SecurityError: "denied", NotReadableError: "busy", AbortError: "busy" };

// Begins to read into `video`; onText(text, seenAt) is called once for every code that comes into view, seenAt being
// performance.now() when its picture was taken. Throws ScanError. What it resolves to has
// torch: whether there is a lamp, setTorch(on), close(). onLost() is called when the phone takes the camera away.
export async function openScanner(video, onText, onLost) {
  if (!navigator.mediaDevices?.getUserMedia) throw new ScanError("no_camera");
  const [stream, reader] = await both(
    navigator.mediaDevices.getUserMedia(CAMERA).catch((error) => {
      throw new ScanError(CAMERA_ERRORS[error.name] ?? "no_camera", error);
    }),
    openReader(),
  );
  const [track] = stream.getVideoTracks();
  track.addEventListener("ended", onLost); // not when we stop it ourselves
  video.srcObject = stream;
  video.muted = true;
  video.playsInline = true;
  await video.play().catch((error) => {
    reader.terminate();
    stream.getTracks().forEach((each) => each.stop());
    throw new ScanError("busy", error); // the screen was left meanwhile, or the picture does not come
  });
  const stop = looker(video, reader, onText);
  return {
    torch: Boolean(track.getCapabilities?.().torch),
    setTorch: (on) => track.applyConstraints({ advanced: [{ torch: on }] }),
    close() {
      stop();
      reader.terminate();
      stream.getTracks().forEach((each) => each.stop());
      video.srcObject = null;
    },
  };
}

// Both, or neither is left running.
async function both(camera, reader) {
  const [stream, worker] = await Promise.allSettled([camera, reader]);
  if (stream.status === "fulfilled" && worker.status === "fulfilled") return [stream.value, worker.value];
  stream.value?.getTracks().forEach((track) => track.stop());
  worker.value?.terminate();
  throw stream.reason ?? worker.reason;
}

// A worker that has its wasm, and reads: read(picture) -> {text, took}.
export function openReader() {
  const worker = new Worker(WORKER);
  const answer = () =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => reject(new ScanError("reader", event));
    });
  const started = answer().then(({ failed }) => {
    if (failed) throw new ScanError("reader", failed);
    return {
      read({ data, width, height }) {
        const answered = answer();
        worker.postMessage({ pixels: data.buffer, width, height }, [data.buffer]);
        return answered;
      },
      terminate: () => worker.terminate(),
    };
  });
  worker.postMessage({ vendor: VENDOR });
  return started;
}

function looker(video, reader, onText) {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  let running = true;
  let inView = { text: null, at: -Infinity };

  async function look() {
    const seenAt = performance.now();
    if (video.readyState >= video.HAVE_CURRENT_DATA && !document.hidden) {
      const { text } = await reader.read(picture(video, canvas, context)).catch(() => ({ text: null }));
      if (text && running) {
        const isNew = text !== inView.text || seenAt - inView.at > GONE_MS;
        inView = { text, at: performance.now() };
        if (isNew) onText(text, seenAt);
      }
    }
    if (running) setTimeout(look, Math.max(0, BETWEEN_MS - (performance.now() - seenAt)));
  }

  look();
  return () => (running = false);
}

// The middle square of what the camera sees, no larger than need be.
function picture(video, canvas, context) {
  const side = Math.min(video.videoWidth, video.videoHeight);
  const size = Math.min(side, SIDE);
  if (canvas.width !== size) canvas.width = canvas.height = size;
  context.drawImage(video, (video.videoWidth - side) / 2, (video.videoHeight - side) / 2, side, side, 0, 0, size, size);
  return context.getImageData(0, 0, size, size);
}
