// The phone: one person's chat with the bot. Messages arrive as server-sent events and are put in place one by one.

import { contents, element } from "./bubbles.js";
import { canRecord, Recorder } from "./voice.js";

const $ = (id) => document.getElementById(id);
const log = $("log");
const text = $("text");
const TOAST_SECONDS = 4;
const ACTION_SECONDS = 5;
const NEAR_END = 120;
const ACTIONS = {
  typing: "typing…", upload_document: "sending a file…", upload_photo: "sending a photo…",
  record_voice: "recording…", upload_voice: "sending a voice note…",
};

let person = Number(new URLSearchParams(location.search).get("as")) || 1001;
let stream = null;
let chat = { bot: { name: "Talkthrough", username: "" }, commands: [], keyboard: null };
let editing = null;
let elsewhere = {};
let timers = {};
const shown = new Map();
const tapped = new Map();
const answered = new Set();
const recorder = new Recorder();

// Talking to the server

async function send(path, body, headers = {}) {
  try {
    const answer = await fetch(`/chat/${person}/${path}`, { method: "POST", body, headers });
    const outcome = await answer.json();
    if (!outcome.ok) toast(outcome.error || "That did not work.");
    return outcome.ok ? outcome : null;
  } catch {
    toast("Not sent. The program is not answering.");
    return null;
  }
}

const act = (op, order) => send("act", JSON.stringify({ op, ...order }), { "Content-Type": "application/json" });

const acts = {
  botName: () => chat.bot.username,
  say: (words) => act("say", { text: words }),
  vote: (poll, options) => act("vote", { poll_id: poll, option_ids: options }),
  edit: (message) => startEditing(message),
  async tap(messageId, button, pressed) {
    if (!button.callback_data) {
      toast("This button works in Telegram only.");
      return;
    }
    if (pressed.getAttribute("aria-busy") === "true") return;
    pressed.setAttribute("aria-busy", "true");
    const outcome = await act("tap", { message_id: messageId, button: button.callback_data });
    if (!outcome || answered.delete(outcome.result)) pressed.removeAttribute("aria-busy");
    else tapped.set(outcome.result, pressed);
  },
};

async function sendFile(kind, file) {
  const form = new FormData();
  form.append("kind", kind);
  form.append("file", file, file.name);
  await send("file", form);
}

// Messages

let pinned = true; // the newest message is in sight, and stays so when something below the messages opens

function follow() {
  pinned = true;
  log.scrollTop = log.scrollHeight;
}

const isNearEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;

function dayOf(message) {
  const day = new Date(message.date * 1000);
  const today = new Date();
  if (day.toDateString() === today.toDateString()) return "Today";
  return day.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" });
}

function addDayIfNew(message) {
  const day = dayOf(message);
  const days = log.querySelectorAll(".day");
  if (!days.length || days[days.length - 1].textContent !== day) log.append(element("p", { className: "day" }, day));
}

// Redraw the inside of one message; the focus stays on the same button, or on the message if that button is gone.
function redraw(article, message) {
  const focused = article.contains(document.activeElement) ? document.activeElement : null;
  const key = focused?.dataset.key;
  article.replaceChildren(...contents(message, acts));
  if (!focused) return;
  const again = key && article.querySelector(`[data-key="${key}"]`);
  (again || article).focus({ preventScroll: true });
}

function put(message, isNew) {
  const state = JSON.stringify(message);
  const old = shown.get(message.message_id);
  if (old?.state === state) return;
  if (old) {
    redraw(old.article, message);
    shown.set(message.message_id, { article: old.article, state });
    return;
  }
  addDayIfNew(message);
  const mine = !message.from.is_bot;
  const className = `message${mine ? " mine" : ""}${isNew ? " fresh" : ""}`;
  const article = element("article", { className, tabindex: "-1", dataset: { id: message.message_id } }, ...contents(message, acts));
  log.append(article);
  shown.set(message.message_id, { article, state });
}

function remove(messageId) {
  shown.get(messageId)?.article.remove();
  shown.delete(messageId);
}

function arrived(message) {
  const stay = pinned || !message.from.is_bot;
  const isNew = !shown.has(message.message_id);
  if (isNew && message.from.is_bot) showAction("");
  $("about")?.remove();
  put(message, isNew);
  if (stay) follow();
  else if (isNew) $("to-end").hidden = false;
}

function everything(event) {
  log.setAttribute("aria-live", "off");
  showPeople(event.people);
  const kept = new Set(event.messages.map((message) => message.message_id));
  [...shown.keys()].filter((id) => !kept.has(id)).forEach(remove);
  const first = shown.size === 0;
  event.messages.forEach((message) => put(message, false));
  showChat(event.chat);
  if (first) follow();
  requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
}

// Around the messages

function showPeople(people) {
  const names = people.map(({ id, name }) => {
    const news = elsewhere[id] ? ` • ${elsewhere[id]} new` : "";
    return element("option", { value: String(id), selected: id === person }, name + news);
  });
  $("person").replaceChildren(...names);
  $("person").dataset.people = JSON.stringify(people);
}

function showChat(next) {
  chat = next;
  $("bot-name").textContent = chat.bot.name;
  $("start").hidden = chat.started && !chat.blocked;
  $("start").textContent = chat.blocked ? "Unblock" : "Start";
  $("composer").hidden = !$("start").hidden;
  text.placeholder = chat.keyboard?.input_field_placeholder || "Message";
  $("about")?.remove();
  if (!shown.size) log.append(element("p", { className: "about", id: "about" }, chat.about || "Press Start to begin. This chat stays on this computer."));
  showKeyboard();
  showCommands();
  showAction(chat.action);
  if (pinned) follow();
}

function showKeyboard() {
  const rows = chat.keyboard?.keyboard ?? [];
  const key = (button) => element("button", { type: "button", onclick: () => acts.say(button.text) }, button.text);
  const drawn = JSON.stringify(rows);
  const area = $("keyboard");
  area.hidden = !rows.length || $("composer").hidden;
  if (area.dataset.drawn === drawn) return;
  const hadFocus = area.contains(document.activeElement);
  area.dataset.drawn = drawn;
  area.replaceChildren(...rows.map((row) => element("div", { className: "row" }, ...row.map(key))));
  if (hadFocus) text.focus();
}

function showCommands() {
  const typed = text.value.startsWith("/") ? text.value.slice(1).toLowerCase() : "";
  const fitting = (chat.commands ?? []).filter(({ command }) => command.startsWith(typed));
  const choose = (command) => {
    togglePanel("commands", "menu", false);
    if (text.value.startsWith("/")) text.value = "";
    grow();
    acts.say(`/${command}`);
    text.focus();
  };
  const line = ({ command, description }) => element("button", { type: "button", onclick: () => choose(command) }, element("code", {}, `/${command}`), element("span", {}, description));
  const lines = fitting.map(line);
  $("commands").replaceChildren(...(lines.length ? lines : [element("p", { className: "empty" }, "No commands here.")]));
}

function showAction(action) {
  clearTimeout(timers.action);
  const words = ACTIONS[action] ?? (action ? "busy…" : "bot");
  if ($("doing").textContent !== words) $("doing").textContent = words;
  $("doing").classList.toggle("busy", Boolean(action));
  if (action) timers.action = setTimeout(() => showAction(""), ACTION_SECONDS * 1000);
}

function toast(words) {
  clearTimeout(timers.toast);
  $("toast").hidden = false;
  $("toast").textContent = words;
  timers.toast = setTimeout(() => { $("toast").hidden = true; }, TOAST_SECONDS * 1000);
}

function callbackAnswered({ callback_id: id, answer }) {
  if (!answer) return;
  tapped.get(id)?.removeAttribute("aria-busy");
  if (!tapped.delete(id)) answered.add(id); // the answer was faster than the end of our own request
  if (!answer.text) return;
  if (!answer.show_alert) {
    toast(answer.text);
    return;
  }
  $("alert-text").textContent = answer.text;
  if (!$("alert").open) $("alert").showModal();
}

function heardElsewhere({ person: other }) {
  elsewhere = { ...elsewhere, [other]: (elsewhere[other] ?? 0) + 1 };
  showPeople(JSON.parse($("person").dataset.people));
}

// The stream of events

const HANDLERS = {
  everything,
  message: (event) => arrived(event.message),
  removed: (event) => remove(event.message_id),
  chat: (event) => showChat(event.chat),
  action: (event) => showAction(event.action),
  callback: callbackAnswered,
  elsewhere: heardElsewhere,
};

function connect() {
  stream?.close();
  stream = new EventSource(`/chat/${person}/events`);
  stream.onopen = () => { $("offline").hidden = true; };
  stream.onerror = () => { $("offline").hidden = false; };
  stream.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    HANDLERS[event.kind]?.(event);
  };
}

function become(next) {
  person = next;
  elsewhere = { ...elsewhere, [next]: 0 };
  stopEditing();
  shown.clear();
  tapped.clear();
  log.replaceChildren();
  log.setAttribute("aria-live", "off");
  history.replaceState(null, "", `?as=${person}`);
  connect();
}

// Writing

function grow() {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight + 2, 144)}px`;
  const empty = !text.value.trim();
  $("send").hidden = empty && !recorder.isRecording;
  $("voice").hidden = !empty || recorder.isRecording;
}

function togglePanel(panel, button, open) {
  $(panel).hidden = !open;
  $(button).setAttribute("aria-expanded", String(open));
}

function startEditing(message) {
  editing = message.message_id;
  text.value = message.text;
  $("editing").hidden = false;
  grow();
  text.focus();
}

function stopEditing() {
  editing = null;
  $("editing").hidden = true;
  text.value = "";
  grow();
}

async function submit() {
  const words = text.value;
  if (recorder.isRecording) return finishRecording(true);
  if (!words.trim()) return undefined;
  const target = editing;
  stopEditing();
  togglePanel("commands", "menu", false);
  const sent = target ? await act("edit", { message_id: target, text: words }) : await acts.say(words);
  if (!sent && !text.value) {
    text.value = words;
    grow();
  }
  return undefined;
}

function chooseFile(kind, accept) {
  const input = $("file");
  input.dataset.kind = kind;
  input.accept = accept;
  input.value = "";
  input.click();
}

async function startRecording() {
  if (!canRecord()) {
    chooseFile("voice", "audio/*");
    return;
  }
  try {
    await recorder.start();
  } catch {
    toast("No microphone. Choose a sound file instead.");
    chooseFile("voice", "audio/*");
    return;
  }
  const began = Date.now();
  $("recording").hidden = false;
  $("seconds").textContent = "0:00";
  timers.recording = setInterval(() => {
    const seconds = Math.floor((Date.now() - began) / 1000);
    $("seconds").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }, 1000);
  grow();
  $("send").focus();
}

async function finishRecording(keep) {
  clearInterval(timers.recording);
  const file = await recorder.stop();
  $("recording").hidden = true;
  grow();
  text.focus();
  if (keep && file) await sendFile("voice", file);
}

$("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
  if (event.key === "Escape" && editing) stopEditing();
});
text.addEventListener("input", () => {
  grow();
  const asks = /^\/\w*$/.test(text.value) && chat.commands?.length > 0;
  if (asks) showCommands();
  togglePanel("commands", "menu", asks);
});
$("menu").addEventListener("click", () => {
  showCommands();
  togglePanel("attach", "clip", false);
  togglePanel("commands", "menu", $("commands").hidden);
});
$("clip").addEventListener("click", () => {
  togglePanel("commands", "menu", false);
  togglePanel("attach", "clip", $("attach").hidden);
});
$("attach").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  togglePanel("attach", "clip", false);
  chooseFile(button.dataset.kind, button.dataset.accept);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = [["commands", "menu"], ["attach", "clip"]].find(([panel]) => !$(panel).hidden);
  if (!open) return;
  togglePanel(...open, false);
  $(open[1]).focus();
});
$("file").addEventListener("change", () => {
  const file = $("file").files[0];
  if (file) sendFile($("file").dataset.kind, file);
});
$("voice").addEventListener("click", startRecording);
$("drop-recording").addEventListener("click", () => finishRecording(false));
$("stop-editing").addEventListener("click", () => { stopEditing(); text.focus(); });
$("start").addEventListener("click", async () => {
  const code = new URLSearchParams(location.search).get("start");
  if (chat.blocked) await act("block", { blocked: false });
  else await acts.say(code ? `/start ${code}` : "/start");
  $("start").hidden = true;
  $("composer").hidden = false;
  text.focus();
});
$("to-end").addEventListener("click", () => { follow(); text.focus(); });
log.addEventListener("scroll", () => {
  pinned = isNearEnd();
  if (pinned) $("to-end").hidden = true;
});
new ResizeObserver(() => { if (pinned) follow(); }).observe(log);
$("person").addEventListener("change", (event) => become(Number(event.target.value)));

if (!canRecord()) $("voice-label").textContent = "Send a voice note from a file";
grow();
connect();
