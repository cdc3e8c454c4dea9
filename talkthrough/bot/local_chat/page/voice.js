// Recording a voice note with the browser's own recorder, where there is one.

export const canRecord = () => Boolean(navigator.mediaDevices?.getUserMedia && globalThis.MediaRecorder);

export class Recorder {
  #recorder = null;
  #pieces = [];

  get isRecording() {
    return this.#recorder !== null;
  }

  async start() {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const kinds = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];
    const mimeType = kinds.find((kind) => MediaRecorder.isTypeSupported(kind));
    this.#pieces = [];
    this.#recorder = new MediaRecorder(stream, mimeType ? { mimeType } : {});
    this.#recorder.addEventListener("dataavailable", (event) => this.#pieces.push(event.data));
    this.#recorder.start();
  }

  // Resolves with a File, or null when nothing was recorded.
  stop() {
    const recorder = this.#recorder;
    this.#recorder = null;
    return new Promise((resolve) => {
      recorder.addEventListener("stop", () => {
        recorder.stream.getTracks().forEach((track) => track.stop());
        const type = (recorder.mimeType || "audio/webm").split(";")[0];
        const recorded = new Blob(this.#pieces, { type });
        resolve(recorded.size ? new File([recorded], `voice.${type.split("/")[1]}`, { type }) : null);
      });
      recorder.stop();
    });
  }
}
