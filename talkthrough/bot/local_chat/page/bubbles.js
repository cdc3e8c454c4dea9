// Messages as elements. Everything from outside goes in as text; only http(s) links become links.

export function element(name, properties = {}, ...children) {
  const { className, dataset, ...rest } = properties;
  const node = document.createElement(name);
  if (className) node.className = className;
  Object.assign(node.dataset, dataset ?? {});
  for (const [key, value] of Object.entries(rest)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

const DOWNLOAD = "M12 4v11M7 10l5 5 5-5M5 20h14";
const WRAPPERS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

export function safeLink(address) {
  try {
    const url = new URL(address);
    return url.protocol === "https:" || url.protocol === "http:" ? url : null;
  } catch {
    return null;
  }
}

function link(address, content, acts) {
  const url = safeLink(address);
  if (!url) return element("span", {}, content);
  const code = url.hostname === "t.me" && url.pathname === `/${acts.botName()}` && url.searchParams.get("start");
  if (code) return element("button", { className: "command", type: "button", onclick: () => acts.say(`/start ${code}`) }, content);
  return element("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, content);
}

function wrapped(entity, content, slice, acts) {
  if (WRAPPERS[entity.type]) return element(WRAPPERS[entity.type], {}, content);
  if (entity.type === "text_link") return link(entity.url, content, acts);
  if (entity.type === "url") return link(slice, content, acts);
  if (entity.type === "bot_command") {
    return element("button", { className: "command", type: "button", onclick: () => acts.say(slice) }, content);
  }
  if (entity.type === "spoiler") {
    const show = (event) => event.currentTarget.classList.add("shown");
    return element("button", { className: "command spoiler", type: "button", title: "Show", onclick: show }, content);
  }
  return element("span", {}, content);
}

// Entities nest or follow each other; offsets count UTF-16 units, as JavaScript strings do.
function between(text, entities, start, end, acts) {
  const fragment = document.createDocumentFragment();
  let at = start;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const stop = Math.min(end, entity.offset + entity.length);
    if (entity.offset < at || stop <= entity.offset) continue;
    fragment.append(text.slice(at, entity.offset));
    const inside = entities.slice(index + 1).filter((other) => other.offset < stop);
    fragment.append(wrapped(entity, between(text, inside, entity.offset, stop, acts), text.slice(entity.offset, stop), acts));
    at = stop;
  }
  fragment.append(text.slice(at, end));
  return fragment;
}

export function formatted(text, entities, acts) {
  return element("div", { className: "text", dir: "auto" }, between(text, entities ?? [], 0, text.length, acts));
}

export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

const fileAddress = (file) => `/chat/file/${encodeURIComponent(file.file_id)}`;

function photo(sizes, caption) {
  const largest = sizes[sizes.length - 1];
  const image = element("img", {
    className: "photo", src: fileAddress(largest), alt: caption || "Picture",
    width: Math.min(largest.width, 640), height: Math.round(largest.height * Math.min(1, 640 / largest.width)),
  });
  return element("a", { href: fileAddress(largest), target: "_blank", rel: "noopener" }, image);
}

function documentLink(file) {
  const name = element("strong", {}, file.file_name || "File");
  const size = element("small", {}, `${fileSize(file.file_size)} · download`);
  const disc = element("span", { className: "disc" }, icon(DOWNLOAD));
  return element("a", { className: "file", href: fileAddress(file), download: file.file_name || "file" }, disc, element("span", {}, name, size));
}

function sound(file, label) {
  return element("audio", { controls: true, preload: "none", src: fileAddress(file), "aria-label": label });
}

function media(message) {
  if (message.photo) return photo(message.photo, message.caption);
  if (message.document) return documentLink(message.document);
  if (message.voice) return sound(message.voice, "Voice note");
  if (message.audio) return sound(message.audio, message.audio.title || "Sound");
  if (message.video) return documentLink(message.video);
  return null;
}

function openOption(poll, option, number, acts) {
  const label = element("span", { className: "label", dir: "auto" }, option.text);
  if (poll.allows_multiple_answers) {
    return element("label", { className: "option" }, element("input", { type: "checkbox", value: String(number) }), label);
  }
  const choose = () => acts.vote(poll.id, [number]);
  return element("button", { className: "option", type: "button", dataset: { key: `option ${number}` }, onclick: choose }, element("span", { className: "ring" }), label);
}

function countedOption(poll, option, number, voted) {
  const share = poll.total_voter_count ? Math.round((100 * option.voter_count) / poll.total_voter_count) : 0;
  const correct = poll.correct_option_ids?.includes(number);
  const mine = voted.includes(number);
  const track = element("span", { className: "track" });
  track.style.width = `${share}%`;
  const words = [mine ? "Your answer" : "", correct ? "✓ Correct" : mine && poll.type === "quiz" ? "✗ Not this one" : ""];
  const verdict = element("span", { className: "verdict" }, words.filter(Boolean).join(" · "));
  const label = element("span", { className: "label", dir: "auto" }, option.text, " ", verdict, track);
  const mark = correct ? " right" : mine && poll.type === "quiz" ? " wrong" : "";
  return element("div", { className: `option${mark}` }, element("span", { className: "share" }, `${share}%`), label);
}

function voteButton(poll, acts) {
  const send = (event) => {
    const boxes = event.currentTarget.closest("fieldset").querySelectorAll("input:checked");
    if (boxes.length) acts.vote(poll.id, [...boxes].map((box) => Number(box.value)));
  };
  return element("button", { className: "vote", type: "button", dataset: { key: "vote" }, onclick: send }, "Vote");
}

function pollBox(poll, voted, acts) {
  const done = poll.is_closed || voted.length > 0;
  const kind = `${poll.is_anonymous ? "Anonymous " : ""}${poll.type === "quiz" ? "quiz" : "poll"}${poll.is_closed ? " · closed" : ""}`;
  const box = element("fieldset", { className: "poll" }, element("legend", { dir: "auto" }, poll.question), element("p", { className: "kind" }, kind[0].toUpperCase() + kind.slice(1)));
  box.append(...poll.options.map((option, number) => done ? countedOption(poll, option, number, voted) : openOption(poll, option, number, acts)));
  if (!done && poll.allows_multiple_answers) box.append(voteButton(poll, acts));
  if (poll.explanation) {
    const why = formatted(poll.explanation, poll.explanation_entities, acts);
    why.classList.add("why");
    box.append(why);
  }
  return box;
}

function inlineButton(message, button, place, acts) {
  if (button.url) {
    const anchor = link(button.url, button.text, acts);
    anchor.className = "";
    return anchor;
  }
  const tap = (event) => acts.tap(message.message_id, button, event.currentTarget);
  return element("button", { type: "button", dataset: { key: `button ${place}` }, onclick: tap }, button.text);
}

function inlineKeyboard(message, acts) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (!rows.length) return [];
  const row = (buttons, line) => element("div", { className: "row" }, ...buttons.map((button, column) => inlineButton(message, button, `${line} ${column}`, acts)));
  return [element("div", { className: "inline", role: "group", "aria-label": "Buttons" }, ...rows.map(row))];
}

function meta(message, mine, acts) {
  const moment = new Date(message.date * 1000);
  const time = element("time", { datetime: moment.toISOString() }, moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" }));
  const line = element("p", { className: "meta" });
  if (mine && message.text) {
    line.append(element("button", { type: "button", dataset: { key: "edit" }, onclick: () => acts.edit(message) }, "Edit", element("span", { className: "spoken" }, " this message")));
  }
  if (message.edit_date) line.append(element("span", {}, "edited"));
  line.append(time);
  return line;
}

function quote(message) {
  const original = message.reply_to_message;
  if (!original) return [];
  return [element("p", { className: "quote" }, original.text ?? original.caption ?? original.poll?.question ?? "File")];
}

function reactions(message) {
  const emoji = (message.reactions ?? []).map((reaction) => reaction.emoji ?? "★").join(" ");
  return emoji ? [element("p", { className: "reactions" }, element("span", { className: "spoken" }, "Reaction: "), emoji)] : [];
}

// The whole of one message: bubble, reactions, buttons.
export function contents(message, acts) {
  const mine = !message.from.is_bot;
  const bubble = element("div", { className: "bubble" });
  bubble.append(element("span", { className: "spoken" }, mine ? "You: " : `${message.from.first_name}: `), ...quote(message));
  const shown = media(message);
  if (shown) bubble.append(shown);
  if (message.poll) bubble.append(pollBox(message.poll, message.voted ?? [], acts));
  const text = message.text ?? message.caption;
  if (text) bubble.append(formatted(text, message.entities ?? message.caption_entities, acts));
  bubble.append(meta(message, mine, acts));
  return [bubble, ...reactions(message), ...inlineKeyboard(message, acts)];
}
