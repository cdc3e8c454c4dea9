// The phone: one person's chat with the bot. Messages arrive as server-sent events and are put in place one by one.

import { contents, element } from "./bubbles.js";
import { Composer } from "./composer.js";

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
let elsewhere = {};
let timers = {};
const shown = new Map();
const tapped = new Map();
const answered = new Set();

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
  edit: (message) => composer.startEditing(message),
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
let followedTo = 0;

// To the newest message: to its end, or to its beginning when it is higher than the screen.
function follow() {
  const last = log.lastElementChild;
  const tooHigh = last && last.offsetHeight > log.clientHeight;
  pinned = true;
  log.scrollTop = tooHigh ? last.offsetTop - log.offsetTop - 8 : log.scrollHeight;
  followedTo = log.scrollTop;
  $("to-end").hidden = isNearEnd();
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
  composer.showCommands();
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
  composer.stopEditing();
  shown.clear();
  tapped.clear();
  log.replaceChildren();
  log.setAttribute("aria-live", "off");
  history.replaceState(null, "", `?as=${person}`);
  connect();
}

// Starting up

const composer = new Composer({
  say: acts.say,
  change: (messageId, words) => act("edit", { message_id: messageId, text: words }),
  sendFile,
  toast,
  commands: () => chat.commands,
});

$("start").addEventListener("click", async () => {
  const code = new URLSearchParams(location.search).get("start");
  if (chat.blocked) await act("block", { blocked: false });
  else await acts.say(code ? `/start ${code}` : "/start");
  $("start").hidden = true;
  $("composer").hidden = false;
  text.focus();
});
$("to-end").addEventListener("click", () => { log.scrollTop = log.scrollHeight; text.focus(); });
log.addEventListener("scroll", () => {
  if (Math.abs(log.scrollTop - followedTo) > 2) pinned = isNearEnd();
  if (isNearEnd()) $("to-end").hidden = true;
});
new ResizeObserver(() => { if (pinned) follow(); }).observe(log);
$("person").addEventListener("change", (event) => become(Number(event.target.value)));

connect();
