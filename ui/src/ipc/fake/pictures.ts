const SIDE = 29;

/** Something that looks like a QR code and is different for each text; nobody can scan it. */
export function codePicture(text: string): string {
  let seed = [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7);
  const squares: string[] = [];
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      seed = (seed * 75 + 74) % 65_537;
      if (seed % 2 === 0) squares.push(`M${String(x)} ${String(y)}h1v1h-1z`);
    }
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 33 33"><path fill="white" d="M-2-2h33v33h-33z"/><path d="${squares.join("")}"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

const WIDTH = 640;
const HEIGHT = 480;
const FRAME_MS = 100;

function drawPerson(context: CanvasRenderingContext2D, at: number): void {
  const sway = Math.sin(at / 9) * 6;
  const background = context.createLinearGradient(0, 0, WIDTH, HEIGHT);
  background.addColorStop(0, "#3a4249");
  background.addColorStop(1, "#20262b");
  context.fillStyle = background;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.fillStyle = "#4d5963";
  context.beginPath();
  context.ellipse(WIDTH / 2 + sway, HEIGHT + 40, 150, 150, 0, 0, Math.PI * 2);
  context.fill();
  context.fillStyle = "#66737d";
  context.beginPath();
  context.ellipse(WIDTH / 2 + sway, HEIGHT * 0.45, 92, 120, 0, 0, Math.PI * 2);
  context.fill();
}

/** Pictures of somebody who stands before a camera; none where pages can't draw. */
export function fakeCamera(onFrame: (jpeg: ArrayBuffer) => void): () => void {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  let at = 0;
  const timer = setInterval(() => {
    const context = canvas.getContext("2d");
    if (context === null) return;
    at += 1;
    drawPerson(context, at);
    canvas.toBlob((blob) => void blob?.arrayBuffer().then(onFrame), "image/jpeg", 0.8);
  }, FRAME_MS);
  return () => {
    clearInterval(timer);
  };
}
