// Where the person writes: the text, commands, files, voice notes, changing a message that was sent.

import { element } from "./bubbles.js";
import { canRecord, Recorder } from "./voice.js";

const $ = (id) => document.getElementById(id);
const HIGHEST = 144;

export class Composer {
  #editing = null;
  #recorder = new Recorder();
  #clock = null;
  #text = $("text");

  // `acts`: say(words), change(messageId, words), sendFile(kind, file), toast(words), commands().
  constructor(acts) {
    this.acts = acts;
    this.#listenToText();
    this.#listenToPanels();
    this.#listenToFilesAndVoice();
    if (!canRecord()) $("voice-label").textContent = "Send a voice note from a file";
    this.#grow();
  }

  startEditing(message) {
    this.#editing = message.message_id;
    this.#text.value = message.text;
    $("editing").hidden = false;
    this.#grow();
    this.#text.focus();
  }

  stopEditing() {
    this.#editing = null;
    $("editing").hidden = true;
    this.#text.value = "";
    this.#grow();
  }

  showCommands() {
    const all = this.acts.commands() ?? [];
    $("menu").hidden = !all.length;
    const typed = this.#text.value.startsWith("/") ? this.#text.value.slice(1).toLowerCase() : "";
    const line = ({ command, description }) => element(
      "button", { type: "button", onclick: () => this.#choose(command) },
      element("code", {}, `/${command}`), element("span", {}, description),
    );
    const lines = all.filter(({ command }) => command.startsWith(typed)).map(line);
    $("commands").replaceChildren(...(lines.length ? lines : [element("p", { className: "empty" }, "No commands here.")]));
  }

  #choose(command) {
    this.#toggle("commands", "menu", false);
    if (this.#text.value.startsWith("/")) this.#text.value = "";
    this.#grow();
    this.acts.say(`/${command}`);
    this.#text.focus();
  }

  #grow() {
    const text = this.#text;
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight + 2, HIGHEST)}px`;
    const empty = !text.value.trim();
    $("send").hidden = empty && !this.#recorder.isRecording;
    $("voice").hidden = !empty || this.#recorder.isRecording;
  }

  #toggle(panel, button, open) {
    $(panel).hidden = !open;
    $(button).setAttribute("aria-expanded", String(open));
  }

  async #submit() {
    if (this.#recorder.isRecording) {
      await this.#finishRecording(true);
      return;
    }
    const words = this.#text.value;
    if (!words.trim()) return;
    const target = this.#editing;
    this.stopEditing();
    this.#toggle("commands", "menu", false);
    const sent = await (target ? this.acts.change(target, words) : this.acts.say(words));
    if (!sent && !this.#text.value) {
      this.#text.value = words;
      this.#grow();
    }
  }

  #chooseFile(kind, accept) {
    const input = $("file");
    input.dataset.kind = kind;
    input.accept = accept;
    input.value = "";
    input.click();
  }

  async #startRecording() {
    if (!canRecord()) {
      this.#chooseFile("voice", "audio/*");
      return;
    }
    try {
      await this.#recorder.start();
    } catch {
      this.acts.toast("No microphone. Choose a sound file instead.");
      this.#chooseFile("voice", "audio/*");
      return;
    }
    const began = Date.now();
    $("recording").hidden = false;
    $("seconds").textContent = "0:00";
    this.#clock = setInterval(() => {
      const seconds = Math.floor((Date.now() - began) / 1000);
      $("seconds").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    }, 1000);
    this.#grow();
    $("send").focus();
  }

  async #finishRecording(keep) {
    clearInterval(this.#clock);
    const file = await this.#recorder.stop();
    $("recording").hidden = true;
    this.#grow();
    this.#text.focus();
    if (keep && file) await this.acts.sendFile("voice", file);
  }

  #listenToText() {
    const text = this.#text;
    $("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#submit();
      }
      if (event.key === "Escape" && this.#editing) this.stopEditing();
    });
    text.addEventListener("input", () => {
      this.#grow();
      const asks = /^\/\w*$/.test(text.value) && this.acts.commands()?.length > 0;
      if (asks) this.showCommands();
      this.#toggle("commands", "menu", asks);
    });
    $("stop-editing").addEventListener("click", () => {
      this.stopEditing();
      text.focus();
    });
  }

  #listenToPanels() {
    $("menu").addEventListener("click", () => {
      this.showCommands();
      this.#toggle("attach", "clip", false);
      this.#toggle("commands", "menu", $("commands").hidden);
    });
    $("clip").addEventListener("click", () => {
      this.#toggle("commands", "menu", false);
      this.#toggle("attach", "clip", $("attach").hidden);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      const open = [["commands", "menu"], ["attach", "clip"]].find(([panel]) => !$(panel).hidden);
      if (!open) return;
      this.#toggle(...open, false);
      $(open[1]).focus();
    });
  }

  #listenToFilesAndVoice() {
    $("attach").addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      this.#toggle("attach", "clip", false);
      this.#chooseFile(button.dataset.kind, button.dataset.accept);
    });
    $("file").addEventListener("change", () => {
      const file = $("file").files[0];
      if (file) this.acts.sendFile($("file").dataset.kind, file);
    });
    $("voice").addEventListener("click", () => this.#startRecording());
    $("drop-recording").addEventListener("click", () => this.#finishRecording(false));
  }
}
